import Cases
import Foundation
import Materials
import Models
import Testing

@Suite("The keys of a layer with stress reach its parameters")
struct LayerParameterTests {
    @Test("What is left out")
    func defaults() throws {
        let layer = try SampleLayer.parameters()
        #expect(layer.coupling == .twoWay)
        #expect(layer.body.side == .free)
        #expect(layer.threads == 1)
        #expect(layer.frames == .everySteps(1))
        let mechanics = try #require(layer.mechanics)
        #expect(mechanics.across == .planeStrain)
        #expect(mechanics.electrolyte == .friction(cap: 1e9, slip: 1e-9))
        #expect(mechanics.collector == .sliding)
        #expect(
            mechanics.solid.swelling
                == .stretch(HostSwelling(lithiumVolume: 13e-6, hostVolume: 14e-6), stressFreeStretch: 1))
        guard case .mixture = mechanics.solid.elasticity else {
            Issue.record("the stiffness of li-mg is not a mixture")
            return
        }
    }

    @Test("Shapes and sides say what is held")
    func shapes() throws {
        let read = try Case(bytes: Array(SampleLayer.film.utf8), path: "case.yaml")
        let film = try #require(read.model as? ChemoMechanicsCase).parameters
        #expect(film.body.shape == .film)
        #expect(film.mechanics?.electrolyte == .sliding)
        #expect(try SampleLayer.parameters(set: "geometry.side=periodic").body.side == .periodic)
        #expect(try SampleLayer.parameters(set: "geometry.side=symmetric").body.sideGrading == 1)
        #expect(try SampleLayer.parameters(set: "geometry.shape=disk").body.shape == .disk)
        #expect(try SampleLayer.mechanics(set: "geometry.across=plane_stress").across == .planeStress)
    }

    @Test("A contact is bonded, slides, or has a cap, which an energy of adhesion can give")
    func contacts() throws {
        func collector(_ text: String) throws -> SurfaceContact {
            try SampleLayer.mechanics(set: "collector=\(text)").collector
        }
        #expect(try collector("{contact: bonded}") == .bonded)
        #expect(try collector("{contact: sliding}") == .sliding)
        #expect(try collector("{contact: friction, friction: {cap: 20 MPa}}") == .friction(cap: 2e7, slip: 1e-9))
        #expect(
            try collector("{contact: friction, friction: {cap: 20 MPa, slip: 5 nm}}")
                == .friction(cap: 2e7, slip: 5e-9))
        let byEnergy = try collector("{contact: friction, friction: {adhesion_energy: 0.5 J/m^2, slip: 2 nm}}")
        #expect(byEnergy == .friction(cap: 5e8, slip: 2e-9))
        #expect(try SampleLayer.mechanics(set: "electrolyte.contact=bonded").electrolyte == .bonded)
        #expect(try SampleLayer.mechanics(set: "electrolyte.stack_pressure=5 MPa").stackPressure == 5e6)
    }

    @Test("Swelling starts at the lithium of the start, or at another")
    func swelling() throws {
        func swelling(_ overrides: String...) throws -> SwellingLaw {
            let read = try SampleLayer.read(set: overrides + ["initial.li_per_mg=0.5"])
            let model = try #require(read.model as? ChemoMechanicsCase)
            return try #require(model.parameters.mechanics).solid.swelling
        }
        // By the volume of the layer at the start, which lithium and magnesium share.
        let half = 0.5 / (14e-6 + 0.5 * 13e-6)
        #expect(try swelling("swelling.law=linear") == .linear(volume: 13e-6, stressFree: half))
        #expect(
            try swelling("swelling={law: linear, volume: 9 cm^3/mol, stress_free: 1 mmol/cm^3}")
                == .linear(volume: 9e-6, stressFree: 1000))
        #expect(try abs(swelling()(half) as Double) < 1e-15)
        #expect(try abs(swelling("swelling.stress_free.li_per_mg=0")(0) as Double) < 1e-15)
        // (1 + 0.5 * 13/14)^(1/3) - 1
        let stretched: Double = try swelling("swelling.stress_free.li_per_mg=0")(half)
        #expect(abs(stretched - 0.135556) < 1e-6)
        // The layer swells by Ω a mole: dε*/dc = Ω/3 at the start.
        #expect(try abs(swelling().effectiveVolume(half) / 13e-6 - 1) < 1e-12)
    }

    @Test("What lithium is in the layer")
    func solutions() throws {
        func solution(_ text: String) throws -> LithiumSolution {
            try SampleLayer.parameters(set: "lithium={diffusivity: 1e-11 cm^2/s, \(text)}").lithium.solution
        }
        #expect(try solution("solution: dilute") == .dilute(hostVolume: 14e-6))
        #expect(
            try solution("solution: lattice_gas, maximum: 71.4 mmol/cm^3") == .latticeGas(maximum: 71_400))
        #expect(
            try solution("solution: lattice_gas, maximum: {li_per_mg: 1.4}") == .latticeGas(maximum: 1.4 / 14e-6))
        guard case .alloy(let phase, let reference, let volume) = try solution("solution: alloy") else {
            Issue.record("the solution is not that of an alloy")
            return
        }
        #expect(volume == 14e-6)
        // pure lithium is solid lithium
        #expect(abs(phase.gibbsEnergy(moleFraction: 1.0) - reference) < 1)
    }

    @Test("The diffusivity of the case, or that of the material")
    func diffusivity() throws {
        #expect(try SampleLayer.parameters().lithium.diffusivity == .constant(1e-15))
        guard case .alloy = try SampleLayer.parameters(set: "lithium={}").lithium.diffusivity else {
            Issue.record("the diffusivity of li-mg is not that of an alloy")
            return
        }
    }

    @Test("The current along the electrolyte")
    func profile() throws {
        let layer = try SampleLayer.parameters(set: "electrolyte.current_profile=1 + x^2")
        #expect(layer.currentProfile(0) == 1)
        #expect(layer.currentProfile(200e-9) == 2)
        #expect(layer.currentProfile(100e-9) == 1.25)
    }

    @Test("Cells, threads and the estimate of the error")
    func numerics() throws {
        let layer = try SampleLayer.parameters(
            set: "mesh={columns: 10, rows: 20, side_grading: 3, electrolyte_grading: 2}", "numerics.threads=4")
        #expect(layer.threads == 4)
        #expect(layer.body.columns == 10 && layer.body.rows == 20)
        #expect(layer.body.sideGrading == 3 && layer.body.electrolyteGrading == 2)
        let model = try #require(try SampleLayer.read(set: []).model as? ChemoMechanicsCase)
        #expect(model.coarser.map(\.parameters.body.rows) == [16, 32])
        let off = try SampleLayer.read(set: ["numerics.error_estimate=off"])
        #expect(try #require(off.model as? ChemoMechanicsCase).coarser.isEmpty)
    }

    @Test("Keys of the material replace those of its file")
    func material() throws {
        let solid = try SampleLayer.mechanics(set: "material.elasticity.mixture.host.youngs_modulus=50 GPa").solid
        let constants: ElasticConstants<Double> = solid.constants(0)
        #expect(abs(constants.youngsModulus / 50e9 - 1) < 1e-12)
        #expect(
            try SampleLayer.parameters(set: "material.volume.host=13 cm^3/mol").lithium.composition.hostVolume == 13e-6)
    }
}
