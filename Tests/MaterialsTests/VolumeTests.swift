import Foundation
import LinearAlgebra
import Materials
import TestSupport
import Testing

private func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool { abs(a - b) <= tolerance * abs(b) }

@Suite struct MolarVolumeTests {
    /// Li-Mg with a strong excess of every order, to test the forms.
    private static func lively() throws -> MolarVolume {
        try MolarVolume(lithiumVolume: 13e-6, hostVolume: 14e-6, excess: SIMD4(-1.9e-6, 0.6e-6, -0.4e-6, 0.3e-6))
    }

    @Test("An excess of -1.9 cm3/mol meets the lithium concentrations of Krauskopf et al. 2019 within 0.3 %")
    func krauskopf() throws {
        let volume = try MolarVolume(lithiumVolume: 13.02e-6, hostVolume: 14e-6, excess: SIMD4(-1.9e-6, 0, 0, 0))
        for (x, c) in [(1.0, 76.8e3), (0.95, 73.2e3), (0.9, 69.6e3)] {
            #expect(close(volume.concentration(moleFraction: x), c, 3e-3))
        }
        // the slope of those data gives 12.1 cm3/mol for magnesium in lithium
        #expect(close(volume.hostPartialVolume(moleFraction: 1.0), 12.1e-6, 3e-3))
    }

    @Test("The ends are the pure volumes, and partial volumes there are the pure ones of the solvent")
    func ends() throws {
        let volume = try Self.lively()
        #expect(volume(moleFraction: 0.0) == 14e-6 && volume(moleFraction: 1.0) == 13e-6)
        #expect(volume.hostPartialVolume(moleFraction: 0.0) == 14e-6)
        #expect(volume.lithiumPartialVolume(moleFraction: 1.0) == 13e-6)
    }

    @Test("Partial volumes are V + (1 - x) V' and V - x V', sum to V, and obey Gibbs and Duhem", arguments: 0...20)
    func partialVolumes(step: Int) throws {
        let volume = try Self.lively()
        let x = Double(step) / 20
        let at = Dual<Double>.variable(x)
        let whole = volume(moleFraction: at)
        let lithium = volume.lithiumPartialVolume(moleFraction: at)
        let host = volume.hostPartialVolume(moleFraction: at)
        #expect(close(lithium.value, whole.value + (1 - x) * whole.partials, 1e-14))
        #expect(close(host.value, whole.value - x * whole.partials, 1e-14))
        #expect(close(x * lithium.value + (1 - x) * host.value, whole.value, 1e-14))
        #expect(abs(x * lithium.partials + (1 - x) * host.partials) < 1e-14 * 13e-6)
        let concentration = volume.concentration(moleFraction: at)
        #expect(close(concentration.partials, host.value / (whole.value * whole.value), 1e-13))
    }

    @Test("The mole fraction of a concentration is found for any admissible excess, to rounding")
    func inverse() throws {
        var random = SplitMix(state: 3)
        for _ in 0..<500 {
            // up to 99 % of the bound within which the inverse is known to exist
            let raw = SIMD4<Double>((0..<4).map { _ in Double.random(in: -1...1, using: &random) })
            let sum = (0..<4).reduce(0) { $0 + Double(1 + 2 * $1) * abs(raw[$1]) }
            let volume = try MolarVolume(
                lithiumVolume: 13e-6, hostVolume: 14e-6,
                excess: (Double.random(in: 0...0.99, using: &random) * 13e-6 / sum) * raw)
            let x = Double.random(in: 0...1, using: &random)
            let c = volume.concentration(moleFraction: x)
            let found = volume.moleFraction(concentration: Dual<Double>.variable(c))
            #expect(abs(found.value - x) < 1e-13)
            let slope = volume.concentration(moleFraction: Dual<Double>.variable(x)).partials
            #expect(close(found.partials, 1 / slope, 1e-10))
        }
    }

    @Test("The inverse meets its ends, keeps small concentrations exact, and is continued by the tangents")
    func inverseEnds() throws {
        let volume = try Self.lively()
        #expect(volume.moleFraction(concentration: 0.0) == 0)
        #expect(abs(volume.moleFraction(concentration: 1 / 13e-6) - 1) < 1e-14)
        #expect(close(volume.moleFraction(concentration: 1e-9), 14e-15, 1e-12))
        #expect(close(volume.moleFraction(concentration: -10.0), -14e-5, 1e-12))
        let slope = volume.moleFraction(concentration: Dual<Double>.variable(1 / 13e-6)).partials
        #expect(close(volume.moleFraction(concentration: 1 / 13e-6 + 100) - 1, 100 * slope, 1e-9))
    }

    @Test(
        "Without an excess the volume is the shared volume of the composition rule", arguments: [0.0, 1e-6, 0.3, 0.9])
    func shared(x: Double) {
        let volume = MolarVolume(lithiumVolume: 13e-6, hostVolume: 14e-6)
        let rule = AlloyComposition(relation: .sharedVolume, lithiumVolume: 13e-6, hostVolume: 14e-6)
        let c = volume.concentration(moleFraction: x)
        #expect(abs(c - rule.concentration(moleFraction: x)) <= 1e-14 * c)
        #expect(abs(volume.moleFraction(concentration: c) - x) <= 4 * x.ulp)
    }

    @Test("An excess that could make a partial volume negative is refused with the bound and what to do")
    func refusal() {
        #expect {
            try MolarVolume(lithiumVolume: 13e-6, hostVolume: 14e-6, excess: SIMD4(0, 0, 0, -2e-6))
        } throws: { error in
            let text = "\(error)"
            return text.contains("give smaller v_k") && text.contains("1.4e-05") && !text.hasSuffix(".")
        }
    }
}

@Suite struct HostSwellingTests {
    private let swelling = HostSwelling(lithiumVolume: 13e-6, hostVolume: 14e-6)

    @Test("At 0.17 lithium per magnesium the effective volume of lithium is 9 % below Ω, in the empty host it is Ω")
    func effectiveVolume() {
        #expect(swelling.effectiveVolume(lithiumPerHost: 0.0) == 13e-6)
        #expect(abs(swelling.effectiveVolume(lithiumPerHost: 0.17) / 13e-6 - 0.907) < 5e-4)
        #expect(close(pow(swelling.stretch(lithiumPerHost: 0.17), 3), 1 + 13.0 / 14 * 0.17, 1e-14))
    }

    @Test(
        "-Ω_eff σ_h is the derivative of the elastic energy of a clamped host by its lithium",
        arguments: [0.0, 0.05, 0.17, 1])
    func conjugate(y: Double) {
        // nothing moves: ε = 0, elastic strain -(λ - 1) I, σ_h = -3 K (λ - 1), W = 9/2 K (λ - 1)²; K of Mg 35 GPa
        let c = Dual<Double>.variable(y / 14e-6)
        let misfit: Dual<Double> = swelling.stretch(lithiumPerHost: 14e-6 * c) - 1
        let energy: Dual<Double> = (4.5 * 35e9) * misfit * misfit
        let stress = -3 * 35e9 * misfit.value
        let potential = -swelling.effectiveVolume(lithiumPerHost: y) * stress
        #expect(abs(energy.partials - potential) <= 1e-12 * potential)
        #expect(potential >= 0)
    }
}

@Suite struct FaradayLawTests {
    @Test("1 mA/cm2 of lithium is 4.85 um/h, 1 mAh/cm2 is 4.85 um, for 13.0 cm3/mol")
    func velocity() {
        #expect(abs(FaradayLaw.velocity(currentDensity: 10.0, molarVolume: 13e-6) * 3600 - 4.85e-6) < 5e-9)
        #expect(abs(FaradayLaw.thickness(charge: 36e3, molarVolume: 13e-6) - 4.85e-6) < 5e-9)
        let flux = FaradayLaw.molarFlux(currentDensity: 10.0)
        #expect(close(flux * 13e-6, FaradayLaw.velocity(currentDensity: 10.0, molarVolume: 13e-6), 1e-15))
    }
}
