import FiniteElements
import Foundation
import LinearAlgebra
import Models
import TestSupport
import Testing

/// Layers at uniform lithium, whose stress has a closed form.
@Suite struct LayerStressTests {
    private static let lithium = 0.3 * Layer.maximum

    /// The stresses at all quadrature points and the fields of a layer in equilibrium with uniform lithium.
    private func stresses<State: StressState>(
        _ state: State.Type, _ body: LayerBody, _ mechanics: MechanicsParameters
    ) throws -> (stresses: [Stress<Double>], system: LayerSystem) {
        var system = try Layer.system(body, mechanics, start: Self.lithium)
        try system.equilibrate([Double](repeating: Self.lithium, count: system.count))
        let elasticity = LinearElasticity(state, displacement: 0, solid: mechanics.solid)
        var stresses: [Stress<Double>] = []
        system.assembler.forEachPoint(unknowns: system.fields) { fields, point in
            stresses.append(elasticity.stress(fields, at: point))
        }
        return (stresses, system)
    }

    @Test(
        "A clamped film has the biaxial stress -E ε*/(1 - ν), and μ_mech follows from it",
        arguments: [LayerBody.SideCondition.periodic, .symmetric])
    func film(side: LayerBody.SideCondition) throws {
        let solid = Layer.solid(stressFree: 0.1 * Layer.maximum)
        var body = Layer.body(.film, columns: 1, rows: 6)
        body.side = side
        let contact: SurfaceContact = side == .periodic ? .bonded : .sliding
        let (stresses, system) = try stresses(
            PlaneStrain.self, body,
            MechanicsParameters(
                solid: solid, electrolyte: .sliding, collector: contact))
        let strain: Double = Layer.volume * 0.2 * Layer.maximum / 3
        let biaxial: Double = -Layer.young * strain / (1 - Layer.poisson)
        var worst = 0.0
        for stress in stresses {
            worst = max(worst, abs(stress.xx - biaxial), abs(stress.third - biaxial), abs(stress.yy), abs(stress.xy))
        }
        #expect(worst < 1e-11 * abs(biaxial))
        let potential: Double = -Layer.volume * 2 / 3 * biaxial
        for unknown in system.assembler.system.unknowns(ofComponent: 3) {
            #expect(abs(system.fields[Int(unknown)] / potential - 1) < 1e-11)
        }
        Verification.record(
            .chemoMechanics, "biaxial stress of a clamped film (GPa), \(side)",
            expected: String(format: "%.6f", biaxial / 1e9), found: String(format: "%.6f", stresses[0].xx / 1e9),
            deviation: worst / abs(biaxial), bound: 1e-11)
    }

    @Test("A disk that nothing holds swells without stress", arguments: [true, false])
    func freeSwelling(isUniform: Bool) throws {
        let solid = isUniform ? Layer.solid() : Layer.mixture()
        let body = Layer.body(.disk, columns: 5, rows: 6)
        let (stresses, system) = try stresses(
            Axisymmetric.self, body,
            MechanicsParameters(solid: solid, electrolyte: .sliding, collector: .sliding))
        let strain = solid.swelling(Self.lithium)
        let scale = 1e10 * strain
        for stress in stresses {
            #expect(max(abs(stress.xx), abs(stress.yy), abs(stress.third), abs(stress.xy)) < 1e-11 * scale)
        }
        let unknowns = system.assembler.system
        for component in 0..<2 {
            let positions = unknowns.space(ofComponent: component).positions
            for (unknown, place) in zip(unknowns.unknowns(ofComponent: component), positions) {
                #expect(abs(system.fields[Int(unknown)] - strain * place[component]) < 1e-11 * strain * body.thickness)
            }
        }
        for unknown in unknowns.unknowns(ofComponent: 3) {
            #expect(abs(system.fields[Int(unknown)]) < 1e-11 * scale * Layer.volume)
        }
    }

    @Test("The stack pressure is the stress through the thickness")
    func stackPressure() throws {
        let pressure = 5e6
        let solid = Layer.mixture(stressFree: Self.lithium)
        let free = MechanicsParameters(
            solid: solid, electrolyte: .sliding, collector: .sliding, stackPressure: pressure)
        let disk = try stresses(Axisymmetric.self, Layer.body(.disk, columns: 4, rows: 4), free).stresses
        for stress in disk {
            #expect(abs(stress.yy / pressure + 1) < 1e-10 && abs(stress.xx / pressure) < 1e-10)
            #expect(abs(stress.third / pressure) < 1e-10 && abs(stress.xy / pressure) < 1e-10)
        }
        var across = free
        across.across = .planeStress
        let strip = try stresses(PlaneStress.self, Layer.body(.strip, columns: 4, rows: 4), across).stresses
        for stress in strip {
            #expect(abs(stress.yy / pressure + 1) < 1e-10 && abs(stress.xx / pressure) < 1e-10)
            #expect(abs(stress.third / pressure) < 1e-10)
        }
        let held = MechanicsParameters(
            solid: solid, electrolyte: .sliding, collector: .bonded, stackPressure: pressure)
        let film = try stresses(PlaneStrain.self, Layer.body(.film, columns: 1, rows: 4), held).stresses
        let ratio = solid.constants(Self.lithium).poissonsRatio
        for stress in film {
            #expect(abs(stress.yy / pressure + 1) < 1e-10)
            #expect(abs(stress.xx / pressure + ratio / (1 - ratio)) < 1e-10)
        }
    }
}
