import Cases
import LinearAlgebra
import Materials

extension Kernels {
    /// Laws of the materials, point by point.
    static let materials: [Kernel] = [creep, potential, diffusivity]

    /// Backward Euler of Anand's law for all stress components with the consistent tangent, from elastic to plastic points.
    ///
    /// Operations: an iteration evaluates the relaxation equation in numbers with one derivative, four functions (exp twice, asinh,
    /// log) and some 70 operations; one more evaluation, and some 120 for tensors and tangent, end the point. Iterations are those
    /// that the law reports. Bytes: the trial stress of eight lanes, and the result.
    private static let creep: Kernel = {
        let count = 1024
        return Kernel(
            "creep-integration", "FlowLaw.tensorReturn, Anand's law, with its tangent", unit: "points", countedCalls: 5,
            cost: {
                let points = try CreepPoints(count: count)
                let iterations = Double(points.results.reduce(0) { $0 + $1.equivalent.iterations })
                let (n, function) = (Double(count), Operations.function)
                let bytes = n * Double(MemoryLayout<SymmetricTensor>.stride + MemoryLayout<TensorReturn>.stride)
                return Kernel.Cost(
                    work: n, bytes: bytes, footprint: bytes,
                    operations: (iterations + n) * (4 * function + 70) + n * (5 * function + 120))
            },
            prepare: {
                let points = try CreepPoints(count: count)
                try points.check()
                return { try points.integrate() }
            })
    }()

    /// μ_Li of body-centred Li-Mg (Redlich and Kister's polynomial) and its derivative by dual numbers.
    ///
    /// Operations with one derivative: a product 4, a sum 2; Horner's rule for P and P′ 12 a coefficient, the logarithm a function
    /// and 2, some 40 for the rest. Bytes: 8 read and 16 written.
    private static let potential: Kernel = {
        let count = 4096
        return Kernel(
            "chemical-potential", "chemical potential of Li-Mg with its derivative", unit: "points", countedCalls: 5,
            cost: {
                let n = Double(count)
                let coefficients = Double(try AlloyPoints(count: 2).phase.coefficientCount)
                return Kernel.Cost(
                    work: n, bytes: 24 * n, footprint: 24 * n,
                    operations: n * (12 * coefficients + Operations.function + 42))
            },
            prepare: {
                let points = try AlloyPoints(count: count)
                points.evaluatePotentials()
                try points.checkPotentials()
                return { points.evaluatePotentials() }
            })
    }()

    /// D of Li-Mg at a concentration: the mole fraction (4), Γ (15), tracer diffusivities (a function and 3 each) and 3 more; a
    /// host that does not diffuse has none. Bytes: 8 read and 8 written.
    private static let diffusivity: Kernel = {
        let count = 4096
        return Kernel(
            "diffusivity", "diffusivity of Li-Mg at a concentration", unit: "points", countedCalls: 10,
            cost: {
                let n = Double(count)
                let species = try AlloyPoints(count: 2).law.host == 0 ? 1.0 : 2
                return Kernel.Cost(
                    work: n, bytes: 16 * n, footprint: 16 * n,
                    operations: n * (22 + species * (Operations.function + 3)))
            },
            prepare: {
                let points = try AlloyPoints(count: count)
                points.evaluateDiffusivities()
                try points.checkDiffusivities()
                return { points.evaluateDiffusivities() }
            })
    }()
}

/// Points of lithium at 298.15 K under trial stresses of 0.1 to 100 MPa in all directions, a step of 0.1 s.
private final class CreepPoints {
    private let law: AnandLaw
    private let stresses: [SymmetricTensor]
    private(set) var results: [TensorReturn]
    private static let (bulk, shear, step, resistance) = (11.1e9, 2.8e9, 0.1, 1.1e6)

    init(count: Int) throws {
        // L. Anand and S. Narayan, J. Electrochem. Soc. 166 (2019) A1092.
        law = AnandLaw.Parameters(
            rate: Arrhenius(prefactor: 4.25e4, activationEnergy: 37e3), sensitivity: 0.15, saturation: 2.0e6,
            saturationExponent: 0.05, hardeningModulus: 10e6, hardeningExponent: 2.0, initialResistance: 1.1e6
        ).at(temperature: 298.15)
        stresses = (0..<count).map { index in
            // Angles that do not repeat, and sizes in equal steps of the logarithm.
            let (a, b) = (Double(index) * 2.399963, Double(index) * 0.7548777)
            let size = Double.pow(10, 5 + 3 * Double(index) / Double(count))
            let (x, y) = (size * (a - a.rounded()), size * (b - b.rounded()))
            return SymmetricTensor(xx: size, yy: x, zz: y, xy: 0.5 * y, yz: -0.3 * x, xz: 0.2 * size)
        }
        results = []
        results = try stresses.map { try integrated($0) }
    }

    func integrate() throws { for index in stresses.indices { results[index] = try integrated(stresses[index]) } }

    @inline(__always)
    private func integrated(_ stress: SymmetricTensor) throws -> TensorReturn {
        try law.tensorReturn(
            trialStress: stress, bulkModulus: Self.bulk, shearModulus: Self.shear, timeStep: Self.step,
            resistance: Self.resistance)
    }

    /// - Throws: ``KernelMismatch`` where a step does not obey q = q_tr - 3 G dp, dp = dt F(q, s) and s = s_n + h dp, or the
    ///   tangent is not the slope of the stress.
    func check() throws {
        for index in stride(from: 0, to: stresses.count, by: 7) {
            let (trial, found) = (stresses[index], results[index])
            let (q, strain, s) = (
                found.equivalent.stress.value, found.equivalent.plasticStrain.value, found.resistance
            )
            let rate = law.rate(stress: q, resistance: s)
            let left = trial.vonMises - 3 * Self.shear * strain
            try require("the stress after a step of creep", abs(q - left) / trial.vonMises, atMost: 1e-10)
            try require("the rate of creep", abs(strain / (Self.step * rate) - 1), atMost: 1e-7)
            let hardened =
                Self.resistance + strain
                * law.hardening(
                    logRate: law.logRate(stress: q, resistance: s), resistance: s)
            try require("the resistance", abs(hardened / s - 1), atMost: 1e-9)
            for column in 0..<6 {
                var change = SymmetricTensor.zero
                change[column] = 1e-4 * trial.vonMises / Self.shear
                let elastic = Self.bulk * change.trace * SymmetricTensor.identity + 2 * Self.shear * change.deviator
                let difference = try integrated(trial + elastic).stress - integrated(trial - elastic).stress
                let slope = 2.0 * found.tangent(change)
                try require("the tangent of creep", (difference - slope).norm / slope.norm, atMost: 1e-5)
            }
        }
    }
}

/// Body-centred Li-Mg at 298.15 K over its compositions.
private final class AlloyPoints {
    let phase: SolutionPhase
    let law: AlloyDiffusivity
    private let fractions: [Double]
    private let concentrations: [Double]
    private var potentials: [Dual<Double>]
    private var diffusivities: [Double]
    private static let temperature = 298.15

    init(count: Int) throws {
        let material = try MaterialRecord("li-mg").material
        guard let alloy = material.thermodynamics?.law, case .alloy(let law) = TransportCases.lithiumMagnesium else {
            throw KernelMismatch(description: "the library's Li-Mg is not the alloy it was")
        }
        phase = try AlloyThermodynamics(alloy.system, temperature: Self.temperature).solution(named: alloy.phase)
        self.law = law
        let fractions = (0..<count).map { (Double($0) + 0.5) / Double(count) }
        self.fractions = fractions
        concentrations = fractions.map { TransportCases.composition.concentration(moleFraction: $0) }
        potentials = [Dual<Double>](repeating: Dual(0), count: count)
        diffusivities = [Double](repeating: 0, count: count)
    }

    func evaluatePotentials() {
        for index in fractions.indices {
            potentials[index] = phase.chemicalPotentialLithium(moleFraction: Dual.variable(fractions[index]))
        }
    }

    func evaluateDiffusivities() {
        let composition = TransportCases.composition
        for index in concentrations.indices {
            diffusivities[index] = law.value(concentration: concentrations[index], composition: composition)
        }
    }

    /// - Throws: ``KernelMismatch`` where μ is not (G + (1 - x) dG/dx) of Gibbs's energy, or its slope not RT Γ/x.
    func checkPotentials() throws {
        for (x, potential) in zip(fractions, potentials) {
            let energy = phase.gibbsEnergy(moleFraction: Dual.variable(x))
            let exact = energy.value + (1 - x) * energy.partials
            try require("the chemical potential", abs(potential.value / exact - 1), atMost: 1e-11)
            let slope = phase.thermalEnergy * phase.factor(moleFraction: x) / x
            try require(
                "the slope of the chemical potential", abs(potential.partials - slope) / (phase.thermalEnergy / x),
                atMost: 1e-10)
        }
    }

    /// - Throws: ``KernelMismatch`` where D is not (x / RT) dμ/dx times Darken's mean of the tracer diffusivities.
    func checkDiffusivities() throws {
        evaluatePotentials()
        for index in fractions.indices {
            let (x, slope) = (fractions[index], potentials[index].partials)
            let host = law.host * Double.exp(-law.hostDecay * (1 - x))
            let lithium = law.lithium * Double.exp(-law.lithiumDecay * (1 - x))
            let mean = (1 - x) * lithium + x * host
            let exact = x * slope / phase.thermalEnergy * mean
            try require("the diffusivity of Li-Mg", abs(diffusivities[index] - exact) / mean, atMost: 1e-9)
        }
    }
}
