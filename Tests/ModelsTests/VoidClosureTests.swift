import Foundation
import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

/// The radius of a closing void in time against exact courses.
@Suite struct VoidClosureRunTests {
    /// Masias et al., J. Mater. Sci. 54 (2019) 2585, 26 degC.
    static let power = PowerLaw.Parameters(
        rate: Arrhenius(7.73e-3, at: 299, activationEnergy: 37e3), stressScale: 1e6, exponent: 6.56
    ).at(temperature: 299)
    /// Anand and Narayan, J. Electrochem. Soc. 166 (2019) A1092, without hardening, 25 degC.
    static let garofalo = GarofaloLaw.Parameters(
        rate: Arrhenius(prefactor: 4.25e4, activationEnergy: 37e3), stressScale: 1.1e6, sensitivity: 0.15
    ).at(temperature: 298.15)
    static let laws = [SteadyFlow.power(power), .garofalo(garofalo)]

    private func name(_ flow: SteadyFlow) -> String { if case .power = flow { "power law" } else { "sinh law" } }

    private func column(_ name: String, of recorder: Recorder) throws -> [Double] {
        let series = try #require(recorder.outline?.series)
        let index = try #require(series.firstIndex { $0.name == name })
        return recorder.rows.map { $0.values[index] }
    }

    private func relative(_ found: Double, _ expected: Double) -> Double { abs(found / expected - 1) }

    private func record(_ what: String, expected: Double, found: Double, bound: Double) {
        Verification.record(
            .voidClosure, what, expected: String(format: "%.10g", expected), found: String(format: "%.10g", found),
            deviation: relative(found, expected), bound: bound)
    }

    /// ∫ dz / rate(z) from ln(fraction) to 0 by Boole's rule.
    private func time(toFraction fraction: Double, _ rate: (_ z: Double) -> Double) -> Double {
        let weights: [Double] = [14, 32, 12, 32]
        let intervals = 4000
        let step = -log(fraction) / Double(intervals)
        var sum = 0.0
        for index in 0...intervals {
            let weight: Double = index == 0 || index == intervals ? 7 : weights[index % 4]
            sum += weight / rate(-step * Double(index))
        }
        return sum * step * 2 / 45
    }

    @Test("A void alone shrinks as exp(-rate t)", arguments: laws, VoidShape.allCases)
    func alone(flow: SteadyFlow, shape: VoidShape) throws {
        let recorder = Recorder()
        let report = try VoidClosureParameters.sample(flow, shape).run(recorder)
        let rate =
            switch flow {
            case .power(let law): law.closureRate(of: shape, pressure: 3e6)
            case .garofalo(let law): VoidClosure(law, shape: shape).rate(pressure: 3e6)
            }
        let radii = try column("radius", of: recorder)
        #expect(radii.count > 40)
        for (row, radius) in zip(recorder.rows, radii) {
            #expect(relative(radius, 1e-6 * exp(-rate * row.time)) < 1e-8)
        }
        let close = try #require(report.value(of: "time_to_close"))
        let half = try #require(report.value(of: "time_to_half"))
        #expect(relative(close, log(100) / rate) < 1e-8)
        #expect(relative(half, log(2) / rate) < 1e-8)
        #expect(relative(try #require(report.value(of: "e_folding_time")), 1 / rate) < 1e-10)
        #expect(relative(try #require(report.value(of: "radius")), 1e-8) < 1e-8)
        #expect(report.value(of: "void_fraction") == nil)
        #expect(report.finished && report.steps.map(\.end) == ["fraction"])
        record(
            "\(shape.rawValue) alone, \(name(flow)), 3 MPa, time to 1 % of the radius (s)", expected: log(100) / rate,
            found: close,
            bound: 1e-8)
    }

    @Test("With an outer radius the time is ∫ da/ȧ", arguments: laws, VoidShape.allCases)
    func shell(flow: SteadyFlow, shape: VoidShape) throws {
        for outer in [1.5e-6, 3e-6, 20e-6] {
            let d: Double = shape == .sphere ? 3 : 2
            let metal: Double = pow(outer / 1e-6, d) - 1
            func rate(_ z: Double) -> Double {
                let volume = exp(d * z)
                let ratio = pow(volume / (volume + metal), 1 / d)
                switch flow {
                case .power(let law): return law.closureRate(of: shape, pressure: 3e6, radiusRatio: ratio)
                case .garofalo(let law): return VoidClosure(law, shape: shape).rate(pressure: 3e6, radiusRatio: ratio)
                }
            }
            let recorder = Recorder()
            let report = try VoidClosureParameters.sample(flow, shape, outerRadius: outer).run(recorder)
            let expected = time(toFraction: 0.01, rate)
            let close = try #require(report.value(of: "time_to_close"))
            #expect(relative(close, expected) < 1e-8)
            #expect(relative(try #require(report.value(of: "time_to_half")), time(toFraction: 0.5, rate)) < 1e-8)
            record(
                "\(shape.rawValue), b = \(1e6 * outer) a at the start, \(name(flow)), 3 MPa, time to 1 % of the radius (s)",
                expected: expected, found: close, bound: 1e-8)
            // The metal keeps its volume.
            let (radii, outers) = (try column("radius", of: recorder), try column("outer_radius", of: recorder))
            let volume: Double = pow(outer, d) - pow(1e-6, d)
            var largest = 0.0
            for (a, b) in zip(radii, outers) { largest = max(largest, relative(pow(b, d) - pow(a, d), volume)) }
            #expect(largest < 1e-13)
            let fraction = try #require(report.value(of: "void_fraction"))
            #expect(relative(fraction, pow(0.01, d) / (pow(0.01, d) + metal)) < 1e-8)
            Verification.record(
                .voidClosure,
                "\(shape.rawValue), b = \(1e6 * outer) a, \(name(flow)), change of the metal's volume over the run",
                expected: "0", found: String(format: "%.1e", largest), deviation: largest, bound: 1e-13)
        }
    }

    @Test("Surface tension ends a void in a finite time", arguments: VoidShape.allCases)
    func surfaceTension(shape: VoidShape) throws {
        var void = VoidClosureParameters.sample(.power(Self.power), shape)
        void.surfaceEnergy = 0.5
        let tension = shape == .sphere ? 1e6 : 0.5e6
        let expected = time(toFraction: 0.01) {
            Self.power.closureRate(of: shape, pressure: 3e6 + tension * exp(-$0))
        }
        let close = try #require(try void.run().value(of: "time_to_close"))
        #expect(relative(close, expected) < 1e-8)
        record(
            "\(shape.rawValue) with 0.5 J/m², 3 MPa, time to 1 % of the radius (s)", expected: expected, found: close,
            bound: 1e-8)
        // The last decade of the sinh law takes less time than the resolution of the time before it.
        void.flow = .garofalo(Self.garofalo)
        void.fraction = 1e-3
        let recorder = Recorder()
        let report = try void.run(recorder)
        #expect(relative(try #require(report.value(of: "radius")), 1e-9) < 1e-8)
        #expect(zip(recorder.rows, recorder.rows.dropFirst()).allSatisfy { $0.time <= $1.time })
        #expect(recorder.rows.count < 20_000)
    }

    @Test("A current and creep: a = a∞ + (a₀ - a∞) exp(-rate t), with a∞ = jΩ/(F rate)")
    func current() throws {
        var void = VoidClosureParameters.sample()
        void.currentDensity = 10
        void.molarVolume = 13.0e-6
        void.time = 2000
        let velocity = 10 * 13.0e-6 / 96485.33212
        let balance = Self.power.closurePressure(of: .sphere, rate: velocity / 1e-6)
        for pressure in [3e6, balance, 5e6] {
            void.pressure = pressure
            let rate = Self.power.closureRate(of: .sphere, pressure: pressure)
            let end = velocity / rate
            let recorder = Recorder()
            let report = try void.run(recorder)
            for (row, radius) in zip(recorder.rows, try column("radius", of: recorder)) {
                #expect(relative(radius, end + (1e-6 - end) * exp(-rate * row.time)) < 1e-8)
            }
            #expect(report.steps.map(\.end) == ["time"])
            #expect(relative(try #require(report.value(of: "duration")), 2000) < 1e-12)
            #expect(relative(report.steps[0].charge, -20000) < 1e-12)
        }
        void.pressure = balance
        let radius = try #require(try void.run().value(of: "radius"))
        #expect(relative(radius, 1e-6) < 1e-9)
        record(
            "sphere of 1 µm under the pressure that balances 1 mA/cm², radius after 2000 s (m)", expected: 1e-6,
            found: radius, bound: 1e-9)
    }

    @Test("The estimate bounds the error, and shrinks with the tolerance", arguments: [1e-6, 1e-8, 1e-10])
    func errorEstimate(tolerance: Double) throws {
        var void = VoidClosureParameters.sample(.power(Self.power), .sphere, outerRadius: 3e-6)
        void.surfaceEnergy = 0.5
        void.integrator = IntegratorSettings(relativeTolerance: tolerance)
        let exact = time(toFraction: 0.01) { z in
            let volume = exp(3 * z)
            return Self.power.closureRate(
                of: .sphere, pressure: 3e6 + 1e6 * exp(-z), radiusRatio: pow(volume / (volume + 26), 1.0 / 3))
        }
        let report = try void.run().estimatingErrors(from: [try void.coarser.run()], except: VoidClosureQuantities.work)
        let result = try #require(report.results.first { $0.quantity.name == "time_to_close" })
        let estimate = try #require(result.errorEstimate)
        let error = abs(result.value - exact)
        #expect(error <= estimate)
        #expect(estimate < 1e4 * tolerance * exact)
        Verification.record(
            .voidClosure, "error of the time to close (s) within its estimate, tolerance \(tolerance)",
            expected: String(format: "<= %.1e", estimate), found: String(format: "%.1e", error),
            deviation: error / exact, bound: estimate / exact)
    }
}
