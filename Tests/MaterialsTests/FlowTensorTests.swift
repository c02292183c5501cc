import Foundation
import LinearAlgebra
import Materials
import TestSupport
import Testing

@Suite struct FlowTensorTests {
    private func randomTensor(_ random: inout SplitMix, scale: Double) -> SymmetricTensor {
        func component() -> Double { Double.random(in: -scale...scale, using: &random) }
        return SymmetricTensor(
            xx: component(), yy: component(), zz: component(), xy: component(), yz: component(), xz: component())
    }

    /// Stress of a strain from an unloaded state.
    private func trial(_ strain: SymmetricTensor) -> SymmetricTensor {
        Lithium.bulkModulus * strain.trace * SymmetricTensor.identity + 2 * Lithium.shearModulus * strain.deviator
    }

    private func step(
        _ law: some FlowLaw, _ trialStress: SymmetricTensor, dt: Double, alloy: AlloyScaling<Double> = .none
    ) throws -> TensorReturn {
        try law.tensorReturn(
            trialStress: trialStress, bulkModulus: Lithium.bulkModulus, shearModulus: Lithium.shearModulus,
            timeStep: dt, resistance: 1.1e6, alloy: alloy)
    }

    @Test("Tension, shear and pressure have the von Mises stresses they should")
    func vonMises() {
        #expect(deviation(SymmetricTensor(xx: 2, yy: 0, zz: 0, xy: 0, yz: 0, xz: 0).vonMises, 2) < 1e-15)
        #expect(deviation(SymmetricTensor(xx: 0, yy: 0, zz: 0, xy: 0, yz: 3, xz: 0).vonMises, 3 * sqrt(3)) < 1e-15)
        #expect((5.0 * SymmetricTensor.identity).vonMises == 0)
        let a = SymmetricTensor(xx: 1, yy: 2, zz: 3, xy: 4, yz: 5, xz: 6)
        #expect(a.contracted(with: a) == 1 + 4 + 9 + 2 * (16 + 25 + 36))
        #expect(a.trace == 6 && a.deviator.trace == 0 && a[3] == 4 && a[4] == 5 && a[5] == 6)
    }

    @Test("Pressure untouched, flow along the trial deviator, stress and plastic strain add up, dissipation q dp")
    func structure() throws {
        var random = SplitMix(state: 5)
        for round in 0..<400 {
            let law = Lithium.all[round % 4].at(temperature: 298)
            let trialStress = randomTensor(&random, scale: pow(10, Double.random(in: 4...9, using: &random)))
            let end = try step(law, trialStress, dt: pow(10, Double.random(in: -6...6, using: &random)))
            let scale = trialStress.norm
            #expect(abs(end.stress.mean - trialStress.mean) < 1e-15 * scale)
            let difference = trialStress - 2 * Lithium.shearModulus * end.plasticStrain - end.stress
            #expect(difference.norm < 1e-11 * scale)
            #expect(abs(end.stress.vonMises - end.equivalent.stress.value) < 1e-14 * scale)
            #expect(abs(end.plasticStrain.trace) <= 1e-15 * end.plasticStrain.norm)
            let work = end.stress.contracted(with: end.plasticStrain)
            #expect(end.dissipation >= 0)
            #expect(abs(work - end.dissipation) <= 1e-12 * scale * end.plasticStrain.norm)
        }
    }

    @Test(
        "The consistent tangent is the finite difference of the step, and symmetric", arguments: [1e-4, 0.1, 30, 1e4])
    func tangent(dt: Double) throws {
        var random = SplitMix(state: 77)
        let alloy = AlloyScaling(strength: 1.5, rate: 0.7)
        var largest = 0.0
        for parameters in Lithium.all {
            let law = parameters.at(temperature: 298)
            for size in [1e-4, 1e-2] {
                let strain = randomTensor(&random, scale: size)
                let tangent = try step(law, trial(strain), dt: dt, alloy: alloy).tangent
                let columns = (0..<6).map { tangent.voigtColumn($0) }
                // the deviatoric part against its own size, far below the bulk modulus
                let stiffness = Lithium.shearModulus * tangent.theta
                for column in 0..<6 {
                    var h = SymmetricTensor.zero
                    h[column] = (column < 3 ? 1 : 0.5) * 1e-4 * strain.norm
                    let up = try step(law, trial(strain + h), dt: dt, alloy: alloy).stress.deviator
                    let down = try step(law, trial(strain - h), dt: dt, alloy: alloy).stress.deviator
                    let difference = (1 / (2e-4 * strain.norm)) * (up - down)
                    let error = (difference - columns[column].deviator).norm
                    #expect(error < 1e-6 * stiffness)
                    largest = max(largest, error / stiffness)
                    let volumetric = column < 3 ? Lithium.bulkModulus : 0
                    #expect(abs(columns[column].mean - volumetric) < 1e-15 * Lithium.bulkModulus)
                    for row in 0..<column {
                        #expect(abs(columns[column][row] - columns[row][column]) < 1e-15 * Lithium.bulkModulus)
                    }
                }
            }
        }
        Verification.record(
            .flow, "consistent tangent against differences, \(dt) s, all laws", expected: "0",
            found: String(format: "%.1e", largest), deviation: largest, bound: 1e-6)
    }

    @Test("Without stress, and without time, the tangent is the elastic one")
    func elastic() throws {
        let law = Lithium.anand.at(temperature: 298)
        let strain = SymmetricTensor(xx: 1e-3, yy: -2e-3, zz: 5e-4, xy: 1e-3, yz: 2e-3, xz: -1e-3)
        for (trialStress, dt) in [(SymmetricTensor.zero, 10.0), (trial(strain), 0)] {
            let end = try step(law, trialStress, dt: dt)
            #expect((end.stress - trialStress).norm <= 1e-15 * trialStress.norm)
            #expect((end.tangent(strain) - trial(strain)).norm < 1e-14 * trial(strain).norm)
        }
    }

    @Test("The stress changes with composition along the trial deviator, by dq/dx")
    func composition() throws {
        let law = Lithium.anand.at(temperature: 298)
        let solution = SolidSolution(coefficient: 20)
        let trialStress = SymmetricTensor(xx: 4e6, yy: -2e6, zz: 1e6, xy: 3e6, yz: -1e6, xz: 2e6)
        func end(_ x: Double) throws -> TensorReturn {
            try step(law, trialStress, dt: 5, alloy: solution.scaling(magnesium: x, rateFactor: 1))
        }
        let scalar = try law.radialReturn(
            TrialStep(
                trialStress: Dual<Double>(trialStress.vonMises), shearModulus: Dual(Lithium.shearModulus),
                timeStep: Dual(5), resistance: Dual(1.1e6),
                alloy: solution.scaling(magnesium: Dual<Double>.variable(0.01), rateFactor: Dual(1))))
        let (up, down) = (try end(0.01 + 1e-7).stress, try end(0.01 - 1e-7).stress)
        let difference = (1 / 2e-7) * (up - down)
        let expected = (sqrt(2.0 / 3) * scalar.stress.partials) * (try end(0.01)).tangent.direction
        #expect(expected.norm > 1e6)
        #expect((difference - expected).norm < 1e-6 * expected.norm)
    }

    @Test("A uniaxial tension test with free sides flows at the rate of the law")
    func tension() throws {
        // total strain (e, -l, -l): l by Newton's rule with the tangent so that the sides are free
        let law = Lithium.garofalo.at(temperature: 298)
        let (dt, rate) = (1.0, 2e-3)
        var stress = SymmetricTensor.zero
        for _ in 0..<200 {
            var side = -0.5 * rate * dt
            var end = try step(law, stress, dt: dt)
            for _ in 0..<8 {
                let increment = SymmetricTensor(xx: rate * dt, yy: side, zz: side, xy: 0, yz: 0, xz: 0)
                end = try step(law, stress + trial(increment), dt: dt)
                let stretch = SymmetricTensor(xx: 0, yy: 1, zz: 1, xy: 0, yz: 0, xz: 0)
                side -= end.stress[1] / end.tangent(stretch)[1]
            }
            stress = end.stress
        }
        #expect(abs(stress[1]) < 1e-3 && abs(stress[3]) < 1e-9)
        #expect(deviation(stress[0], law.flowStress(rate: rate, resistance: 1.1e6)) < 1e-9)
    }
}
