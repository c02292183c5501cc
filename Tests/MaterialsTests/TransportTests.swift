import Foundation
import LinearAlgebra
import Materials
import Quantities
import TestSupport
import Testing

private typealias Number = Dual<Double>

private func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool { abs(a - b) <= tolerance * abs(b) }

/// Self-diffusion of lithium within the ranges of Lodding, Mundy and Ott 1970 and of Messer and Noack 1975: 0.111
/// cm2/s, 0.55 eV.
private let selfDiffusion = Arrhenius(
    prefactor: 0.111e-4, activationEnergy: 0.55 * Constants.elementaryCharge * Constants.avogadro)

@Suite struct TracerDiffusivityTests {
    @Test(
        "Tenfold slower at 30 at% magnesium, self-diffusion in pure lithium, at every temperature",
        arguments: [273.15, 298.15, 353.15])
    func tenfold(temperature: Double) {
        let law = TracerDiffusivity(selfDiffusion: selfDiffusion, tenfoldOverHostFraction: 0.3)
        let pure = selfDiffusion(temperature: temperature)
        #expect(law(moleFraction: 1.0, temperature: temperature) == pure)
        #expect(close(law(moleFraction: 0.7, temperature: temperature), 0.1 * pure, 1e-13))
        #expect(close(law(moleFraction: 0.4, temperature: temperature), 0.01 * pure, 1e-13))
    }

    @Test("Its logarithm falls by b with host and rises by Q / RT² with temperature")
    func derivatives() {
        let law = TracerDiffusivity(selfDiffusion: selfDiffusion, decay: 7.5)
        let byFraction = law(moleFraction: Number.variable(0.8), temperature: Number(298.15))
        #expect(close(byFraction.partials, 7.5 * byFraction.value, 1e-14))
        let byTemperature = law(moleFraction: Number(0.8), temperature: Number.variable(298.15))
        let rise = selfDiffusion.activationEnergy / (Constants.gasConstant * 298.15 * 298.15)
        #expect(close(byTemperature.partials, rise * byTemperature.value, 1e-13))
    }

    @Test("A constant is one, an immobile host does not move, a bare Arrhenius law does not see the host")
    func plain() {
        #expect(TracerDiffusivity.constant(1e-15)(moleFraction: 0.3, temperature: 400.0) == 1e-15)
        #expect(TracerDiffusivity.immobile(moleFraction: 0.3, temperature: 400.0) == 0)
        let law = TracerDiffusivity(selfDiffusion)
        #expect(law(moleFraction: 0.3, temperature: 400.0) == selfDiffusion(temperature: 400.0))
    }
}

@Suite struct DarkenDiffusivityTests {
    @Test("With an immobile host D = (1 - x) Γ D*, with a mobile one pure lithium interdiffuses by the host's tracer")
    func limits() {
        let lithium = TracerDiffusivity.constant(5.6e-15)
        let host = TracerDiffusivity.constant(2e-16)
        let immobile = DarkenDiffusivity(lithium: lithium)
        #expect(close(immobile(moleFraction: 0.9, thermodynamicFactor: 1.5, temperature: 298.15), 8.4e-16, 1e-14))
        #expect(immobile(moleFraction: 1.0, thermodynamicFactor: 1.0, temperature: 298.15) == 0)
        let mobile = DarkenDiffusivity(lithium: lithium, host: host)
        #expect(mobile(moleFraction: 1.0, thermodynamicFactor: 1.0, temperature: 298.15) == 2e-16)
        #expect(mobile(moleFraction: 0.0, thermodynamicFactor: 1.0, temperature: 298.15) == 5.6e-15)
    }

    @Test("It follows from the intrinsic fluxes, for any partial molar volumes")
    func intrinsicFluxes() throws {
        let volume = try MolarVolume(
            lithiumVolume: 13e-6, hostVolume: 14e-6, excess: SIMD4(-1.9e-6, 0.6e-6, -0.4e-6, 0.3e-6))
        let (lithiumTracer, hostTracer, gamma) = (5.6e-15, 2e-16, 1.7)
        let law = DarkenDiffusivity(lithium: .constant(lithiumTracer), host: .constant(hostTracer))
        for x in [0.05, 0.3, 0.5, 0.8, 0.97] {
            // lattice fluxes -D* c / RT dμ/dz, with x dμ_Li = -(1 - x) dμ_host = RT Γ dx, and dx/dz = 1
            let molar: Double = volume(moleFraction: x)
            let lithiumFlux = -lithiumTracer * gamma / molar
            let hostFlux = hostTracer * gamma / molar
            let lithiumPartial: Double = volume.lithiumPartialVolume(moleFraction: x)
            let hostPartial: Double = volume.hostPartialVolume(moleFraction: x)
            let velocity = lithiumPartial * lithiumFlux + hostPartial * hostFlux
            let meanVolumeFlux = lithiumFlux - x / molar * velocity
            let gradient = volume.concentration(moleFraction: Number.variable(x)).partials
            let diffusivity = law(moleFraction: x, thermodynamicFactor: gamma, temperature: 298.15)
            #expect(close(meanVolumeFlux, -diffusivity * gradient, 1e-13))
            // the same flux against the host, with dy/dz = d(x / (1 - x))/dx
            let hostConcentration = (1 - x) / molar
            let againstHost = lithiumFlux - x / (1 - x) * hostFlux
            let found = DarkenDiffusivity.hostFrameFlux(
                diffusivity: diffusivity, hostConcentration: hostConcentration,
                lithiumPerHostGradient: 1 / ((1 - x) * (1 - x)))
            #expect(close(found, againstHost, 1e-13))
        }
    }
}

@Suite struct KineticCoefficientTests {
    static let cases: [KineticCoefficient] = [
        // the lattice gas of Li0.9Mg0.1, 69.6 mmol/cm3 (Krauskopf et al., Adv. Energy Mater. 9 (2019) 1902568)
        .latticeGas(maximumConcentration: 69600), .hostFrame, .volumeFrame(lithiumVolume: 13e-6),
    ]

    /// The concentration at a fraction x of lithium: of sites for the lattice gas, in moles for the others.
    private func concentration(_ law: KineticCoefficient, _ x: Number) -> Number {
        switch law {
        case .latticeGas(let maximum): maximum * x
        case .hostFrame: x / (14e-6 * (1 - x))
        case .volumeFrame: x / (13e-6 * x + 14e-6 * (1 - x))
        }
    }

    /// μ_chem / RT of a regular solution of strength w at a fraction x, and the thermodynamic factor of the case.
    private func solution(_ law: KineticCoefficient, _ x: Number, _ w: Double) -> (potential: Number, factor: Double) {
        let vacant: Number = 1 - x
        let factor = 1 - 2 * w * x.value * vacant.value
        return switch law {
        case .latticeGas: (Number.log(x / vacant) + w * (1 - 2 * x), factor)
        case .hostFrame, .volumeFrame: (Number.log(x) + w * vacant * vacant, factor)
        }
    }

    @Test("D = L dμ/dc for regular solutions in every frame", arguments: cases, [-2.0, 0, 1.5])
    func fick(law: KineticCoefficient, strength: Double) {
        for x in [1e-6, 0.05, 0.4, 0.8, 0.98] {
            let at = Number.variable(x)
            let c = concentration(law, at)
            let solution = solution(law, at, strength)
            let slope = Constants.gasConstant * 298.15 * solution.potential.partials / c.partials
            let flux = law.flux(
                concentration: c.value, moleFraction: x, tracerDiffusivity: 1e-15,
                thermodynamicFactor: solution.factor, temperature: 298.15)
            #expect(close(flux.diffusivity, flux.kineticCoefficient * slope, 1e-12))
        }
    }

    @Test("An ideal lattice gas diffuses by its tracer diffusivity, exactly, from empty to full")
    func idealLatticeGas() {
        for theta in [0.0, 0.3, 1] {
            let law = Self.cases[0]
            #expect(law.diffusivity(moleFraction: theta, tracerDiffusivity: 1e-15, thermodynamicFactor: 1) == 1e-15)
        }
        #expect(Self.cases[0](concentration: 69600.0, tracerDiffusivity: 1e-15, temperature: 298.15) == 0)
    }

    @Test("Without lithium L is zero, its slope D*/RT, and the flux is Fick's, whatever the stress", arguments: cases)
    func empty(law: KineticCoefficient) {
        let zero = Number.variable(0)
        let flux = law.flux(
            concentration: zero, moleFraction: zero, tracerDiffusivity: Number(1e-15), thermodynamicFactor: Number(1),
            temperature: Number(298.15))
        #expect(flux.kineticCoefficient.value == 0)
        #expect(close(flux.kineticCoefficient.partials, 1e-15 / (Constants.gasConstant * 298.15), 1e-14))
        let total = flux(
            concentrationGradient: Number(2e9), stressGradient: Number(1e16), lithiumVolume: 13e-6)
        #expect(total.value == -1e-15 * 2e9)
        #expect(total.partials.isFinite && total.partials > 0)
    }

    @Test("Lithium drifts to tension by L Ω grad σ_h")
    func drift() {
        let flux = LithiumFlux(diffusivity: 1e-15, kineticCoefficient: 4e-15)
        let drift = flux(concentrationGradient: 0, stressGradient: 1e15, lithiumVolume: 13e-6)
        #expect(close(drift, 4e-15 * 13e-6 * 1e15, 1e-15))
        #expect(flux(concentrationGradient: 0, mechanicalPotentialGradient: 13e-6 * -1e15) == drift)
    }

    @Test(
        "Second law: L >= 0 in every state, and with a stable solution no gradient makes a flux climb the potential",
        arguments: cases)
    func dissipation(law: KineticCoefficient) {
        var random = SplitMix(state: 4)
        for _ in 0..<1000 {
            let x = Double.random(in: 0.0001...0.9999, using: &random)
            let tracer = Double.random(in: 0...1e-12, using: &random)
            let temperature = Double.random(in: 250...450, using: &random)
            let strength = Double.random(in: -5...1.99, using: &random)
            let at = Number.variable(x)
            let c = concentration(law, at)
            let solution = solution(law, at, strength)
            let flux = law.flux(
                concentration: c.value, moleFraction: x, tracerDiffusivity: tracer,
                thermodynamicFactor: solution.factor, temperature: temperature)
            #expect(flux.kineticCoefficient >= 0 && flux.diffusivity >= 0)
            let gradient = Double.random(in: -1e10...1e10, using: &random)
            let mechanical = Double.random(in: -1e11...1e11, using: &random)
            let slope = Constants.gasConstant * temperature * solution.potential.partials / c.partials
            let force = slope * gradient + mechanical
            let current = flux(concentrationGradient: gradient, mechanicalPotentialGradient: mechanical)
            let scale = flux.kineticCoefficient * (abs(slope * gradient) + abs(mechanical))
            #expect(-current * force >= -1e-12 * scale * abs(force))
        }
    }

    @Test("For equal volumes the volume frame of an alloy has the L of a lattice gas")
    func equalVolumes() {
        let alloy = KineticCoefficient.volumeFrame(lithiumVolume: 13e-6)
        let gas = KineticCoefficient.latticeGas(maximumConcentration: 1 / 13e-6)
        for c in [0.0, 1e3, 4e4, 7e4] {
            let first = alloy(concentration: c, tracerDiffusivity: 1e-15, temperature: 298.15)
            #expect(abs(first - gas(concentration: c, tracerDiffusivity: 1e-15, temperature: 298.15)) <= 1e-14 * first)
        }
    }
}
