import Foundation
import Models
import TestSupport
import Testing

/// The finite slab at constant current against its exact series (Wang et al. 2024, Fig. 4a-c).
@Suite struct SlabTests {
    /// D in cm2/s, j in mA/cm2, and the published values of t_sat in s and θ.
    static let reference: [(d: Double, j: Double, time: Double, utilisation: Double)] = [
        (1e-11, 0.1, 25243.800233, 0.7518205539), (1e-11, 1, 354.185643, 0.1054849285),
        (6e-11, 0.1, 32188.006689, 0.9586355777), (6e-11, 0.5, 5326.493026, 0.7931783053),
        (6e-11, 1, 1976.619466, 0.5886844010), (6e-11, 2, 531.233185, 0.3164278151),
        (6e-11, 5, 85.004554, 0.1265819142), (1e-10, 1, 2524.380023, 0.7518205539),
        (5e-10, 1, 3191.022891, 0.9503626932),
    ]

    @Test("The series of the tests gives the tabulated values to their last digit", arguments: reference)
    func series(d: Double, j: Double, time: Double, utilisation: Double) {
        let exact = exactSaturation(diffusivity: d, currentDensity: j)
        #expect(abs(exact.time - time) < 6e-7)
        #expect(abs(exact.utilisation - utilisation) < 6e-11)
    }

    @Test("Saturation time and utilisation at default settings", arguments: reference)
    func defaults(d: Double, j: Double, time: Double, utilisation: Double) throws {
        try compare(d: d, j: j, parameters: .slab(diffusivity: d, currentDensity: j), bound: 1e-6, name: "default")
    }

    @Test("Saturation time and utilisation at tight settings", arguments: reference)
    func tight(d: Double, j: Double, time: Double, utilisation: Double) throws {
        let parameters = TransportParameters.slab(
            diffusivity: d, currentDensity: j, cells: 256, grading: 5, tolerance: 1e-10)
        try compare(d: d, j: j, parameters: parameters, bound: 1e-8, name: "tight")
    }

    private func compare(
        d: Double, j: Double, parameters: TransportParameters, bound: Double, name: String
    ) throws {
        let exact = exactSaturation(diffusivity: d, currentDensity: j)
        let report = try parameters.run()
        let time = try #require(report.value(of: "time_to_saturation"))
        let utilisation = try #require(report.value(of: "utilisation"))
        #expect(abs(time / exact.time - 1) < bound)
        #expect(abs(utilisation / exact.utilisation - 1) < bound)
        let what = "D = \(d) cm²/s, j = \(j) mA/cm², \(name) settings"
        Verification.record(
            .slab, "t_sat (s), \(what)", expected: String(format: "%.6f", exact.time),
            found: String(format: "%.6f", time),
            deviation: abs(time / exact.time - 1), bound: bound)
        Verification.record(
            .slab, "θ, \(what)", expected: String(format: "%.10f", exact.utilisation),
            found: String(format: "%.10f", utilisation), deviation: abs(utilisation / exact.utilisation - 1),
            bound: bound)
    }

    @Test(
        "The estimate of the error bounds the error of every row, and not by more than a thousandfold",
        arguments: reference)
    func errorEstimate(d: Double, j: Double, time: Double, utilisation: Double) throws {
        let parameters = TransportParameters.slab(diffusivity: d, currentDensity: j)
        let report = try parameters.run().estimatingErrors(
            from: parameters.coarser.map { try $0.run() }, except: TransportQuantities.work)
        let exact = exactSaturation(diffusivity: d, currentDensity: j)
        let result = try #require(report.results.first { $0.quantity.name == "time_to_saturation" })
        let estimate = try #require(result.errorEstimate)
        let error = abs(result.value - exact.time)
        // Where the layer is nearly full both solutions are right to round-off.
        #expect(error <= estimate + 1e-12 * exact.time)
        #expect(estimate <= 1000 * error + 1e-9 * exact.time)
        #expect(report.results.filter { $0.errorEstimate == nil }.map(\.quantity) == TransportQuantities.work)
        Verification.record(
            .slab, "error of t_sat (s) within its estimate, D = \(d) cm²/s, j = \(j) mA/cm², default settings",
            expected: String(format: "<= %.1e", estimate), found: String(format: "%.1e", error),
            deviation: error / exact.time,
            bound: estimate / exact.time)
    }

    @Test(
        "The estimate bounds the error over meshes, gradings, tolerances and currents",
        arguments: [1e-5, 1e-6, 1e-7, 1e-8, 1e-9], [0.03, 0.3, 1, 5])
    func errorEstimateEverywhere(tolerance: Double, j: Double) throws {
        let exact = exactSaturation(diffusivity: 6e-11, currentDensity: j)
        for cells in [8, 16, 64, 256] {
            for grading in [1.0, 10, 50] {
                let parameters = TransportParameters.slab(
                    currentDensity: j, cells: cells, grading: grading, tolerance: tolerance)
                let report = try parameters.run().estimatingErrors(
                    from: parameters.coarser.map { try $0.run() }, except: TransportQuantities.work)
                let result = try #require(report.results.first { $0.quantity.name == "time_to_saturation" })
                let estimate = try #require(result.errorEstimate)
                let error = abs(result.value - exact.time)
                #expect(
                    error <= estimate + 1e-11 * exact.time,
                    "\(cells) cells, grading \(grading)")
            }
        }
    }

    @Test("The estimate sees the error of prescribed steps", arguments: [20.0, 100])
    func errorEstimateOfPrescribedSteps(step: Double) throws {
        var parameters = TransportParameters.slab(cells: 200, tolerance: 1e-5)
        parameters.integrator.maximumStep = step
        let report = try parameters.run().estimatingErrors(
            from: parameters.coarser.map { try $0.run() }, except: TransportQuantities.work)
        let result = try #require(report.results.first { $0.quantity.name == "time_to_saturation" })
        let estimate = try #require(result.errorEstimate)
        let error = abs(result.value - exactSaturation(diffusivity: 6e-11, currentDensity: 1).time)
        #expect(error <= estimate)
    }

    @Test(
        "Lithium is conserved where steps are long against diffusion", arguments: [1e-2, 1e-4, 1e-6, 1e-9], [64, 1000])
    func conservationOverLongSteps(j: Double, cells: Int) throws {
        let report = try TransportParameters.slab(currentDensity: j, cells: cells).run()
        let defect = try #require(report.value(of: "conservation_error"))
        #expect(defect < 1e-12)
        // i t_sat = F L c_max - i L² / (3 D) once the profile is quasi-steady.
        let exact = 96485.33212 * 5e-6 * 69600 - j * 10 * 25e-12 / (3 * 6e-15)
        #expect(abs(try #require(report.value(of: "capacity")) / exact - 1) < 1e-11)
        Verification.record(
            .limits, "lithium stored less lithium in, over what passed, at \(j) mA/cm² on \(cells) cells",
            expected: "0",
            found: String(format: "%.1e", defect), deviation: defect, bound: 1e-12)
    }

    @Test("Early on the surface follows 2 q √(t / (π D)), the semi-infinite limit")
    func shortTimes() throws {
        var parameters = TransportParameters.slab()
        // τ = 0.01: what is missing of the semi-infinite solution is below exp(-100).
        let time = 0.01 * 25e-12 / 6e-15
        parameters.protocolSteps[0].ends = [.time(time)]
        let report = try parameters.run()
        let exact = 2 * 10 / 96485.33212 * (time / (.pi * 6e-15)).squareRoot()
        let surface = try #require(report.value(of: "concentration_surface"))
        #expect(abs(surface / exact - 1) < 1e-6)
        Verification.record(
            .limits, "surface concentration at τ = 0.01 against 2 q √(t/(πD)) (mol/m³)",
            expected: String(format: "%.4f", exact), found: String(format: "%.4f", surface),
            deviation: abs(surface / exact - 1), bound: 1e-6)
    }

    @Test("The whole map collapses on j L / (F D c_max)")
    func collapse() throws {
        let one = try TransportParameters.slab(diffusivity: 1e-11, currentDensity: 0.1).run()
        let other = try TransportParameters.slab(diffusivity: 1e-10, currentDensity: 1).run()
        let first = try #require(one.value(of: "utilisation"))
        let second = try #require(other.value(of: "utilisation"))
        #expect(abs(first / second - 1) < 1e-12)
    }
}
