import Foundation
import LinearAlgebra
import Materials
import Quantities
import TestSupport
import Testing

@Suite struct SolutionPhaseTests {
    /// A phase with random coefficients, as many as `count`.
    private func phase(_ count: Int, _ random: inout SplitMix) -> SolutionPhase {
        let coefficients = (0..<count).map { _ in Double.random(in: -2e4...2e4, using: &random) }
        return SolutionPhase(
            lithium: Double.random(in: -1e4...1e4, using: &random), host: Double.random(in: -1e4...1e4, using: &random),
            coefficients: coefficients, temperature: Double.random(in: 250...1000, using: &random))
    }

    @Test("The Gibbs energy is its definition", arguments: 0...8)
    func definition(count: Int) {
        var random = SplitMix(state: UInt64(count))
        let phase = phase(count, &random)
        for x in [0.01, 0.3, 0.5, 0.9] {
            var excess = 0.0
            for order in 0..<count { excess += phase.coefficients[order] * pow(2 * x - 1, Double(order)) }
            excess *= x * (1 - x)
            let ideal = x * phase.lithium + (1 - x) * phase.host
            let mixing = phase.thermalEnergy * (x * log(x) + (1 - x) * log(1 - x))
            #expect(abs(phase.gibbsEnergy(moleFraction: x) - (ideal + mixing + excess)) < 1e-10)
        }
    }

    @Test("Potentials, Gibbs-Duhem and the thermodynamic factor follow from the Gibbs energy", arguments: 0...8)
    func derivatives(count: Int) {
        var random = SplitMix(state: UInt64(100 + count))
        var largest = 0.0
        for _ in 0..<200 {
            let phase = phase(count, &random)
            let x = Double.random(in: 1e-6...(1 - 1e-6), using: &random)
            let variable = Dual<Double>.variable(x)
            let energy = phase.gibbsEnergy(moleFraction: variable)
            let lithium = phase.chemicalPotentialLithium(moleFraction: variable)
            let host = phase.chemicalPotentialHost(moleFraction: variable)
            let scale = 1e5 * Double(max(count, 1))
            #expect(abs(lithium.value - (energy.value + (1 - x) * energy.partials)) < 1e-14 * scale)
            #expect(abs(host.value - (energy.value - x * energy.partials)) < 1e-14 * scale)
            #expect(abs(x * lithium.value + (1 - x) * host.value - energy.value) < 1e-14 * scale)
            // x dμ_Li + (1 - x) dμ_host = 0
            let imbalance = abs(x * lithium.partials + (1 - x) * host.partials) / scale
            #expect(imbalance < 1e-13)
            largest = max(largest, imbalance)
            let factor = phase.thermodynamicFactor(moleFraction: x)
            #expect(abs(factor - x / phase.thermalEnergy * lithium.partials) < 1e-13 * scale / phase.thermalEnergy)
        }
        Verification.record(
            .thermodynamics, "Gibbs-Duhem, \(count) Redlich-Kister terms, 200 random phases", expected: "0",
            found: String(format: "%.1e", largest), deviation: largest, bound: 1e-13)
    }

    @Test("The thermodynamic factor equals the central difference of μ_Li", arguments: [0.05, 0.2, 0.5, 0.8, 0.97])
    func factor(x: Double) {
        let phase = SolutionPhase(
            lithium: 100, host: -500, coefficients: [-15803.7, 3481, 2624], temperature: 298.15)
        let step = 1e-5
        let above = phase.chemicalPotentialLithium(moleFraction: x + step)
        let below = phase.chemicalPotentialLithium(moleFraction: x - step)
        let difference = x / phase.thermalEnergy * (above - below) / (2 * step)
        let factor = phase.thermodynamicFactor(moleFraction: x)
        #expect(abs(factor / difference - 1) < 1e-7)
        Verification.record(
            .thermodynamics, "thermodynamic factor of bcc at x = \(x) against a difference of μ_Li",
            expected: String(format: "%.6f", difference), found: String(format: "%.6f", factor),
            deviation: abs(factor / difference - 1), bound: 1e-7)
        let dual = phase.thermodynamicFactor(moleFraction: Dual<Double>.variable(x))
        let rise = phase.thermodynamicFactor(moleFraction: x + step) - phase.thermodynamicFactor(moleFraction: x - step)
        #expect(abs(dual.partials - rise / (2 * step)) < 1e-6)
    }

    @Test("At the ends the energies are those of the pure elements and the excess potentials finite")
    func ends() {
        let phase = SolutionPhase(lithium: 100, host: -500, coefficients: [1000, 200, 30], temperature: 300)
        #expect(phase.gibbsEnergy(moleFraction: 1.0) == 100)
        #expect(phase.gibbsEnergy(moleFraction: 0.0) == -500)
        #expect(phase.chemicalPotentialLithium(moleFraction: 1.0) == 100)
        #expect(phase.chemicalPotentialLithium(moleFraction: 0.0) == -.infinity)
        #expect(phase.chemicalPotentialHost(moleFraction: 0.0) == -500)
        #expect(phase.chemicalPotentialHost(moleFraction: 1.0) == -.infinity)
        // P(-1) = L0 - L1 + L2 and P(1) = L0 + L1 + L2
        #expect(phase.excessPotentialLithium(moleFraction: 0.0) == 830)
        #expect(phase.excessPotentialHost(moleFraction: 1.0) == 1230)
        #expect(phase.thermodynamicFactor(moleFraction: 0.0) == 1)
        #expect(phase.thermodynamicFactor(moleFraction: 1.0) == 1)
        #expect(phase.thermalEnergy == 300 * Constants.gasConstant)
    }
}
