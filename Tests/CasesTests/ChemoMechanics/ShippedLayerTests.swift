import Cases
import LinearAlgebra
import Materials
import Models
import Testing

@Suite("The shipped cases of layers in the plane")
struct ShippedLayerTests {
    private func parameters(_ name: String) throws -> LayerParameters {
        try #require(shippedCase(name).model as? ChemoMechanicsCase).parameters
    }

    @Test("Wang et al. 2024, Fig. 4d to 4g", arguments: [("one-way", 10.0), ("two-way", 30.0)])
    func plate(coupling: String, time: Double) throws {
        let layer = try parameters("wang2024-fig4-plate-\(coupling)")
        #expect(layer.coupling.rawValue == coupling)
        let body = LayerBody(
            shape: .disk, thickness: 140e-9, width: 100e-9, side: .free, columns: 32, rows: 32, sideGrading: 10,
            electrolyteGrading: 4)
        #expect(layer.body == body)
        #expect(layer.lithium.solution == .dilute(hostVolume: 14e-6))
        #expect(layer.lithium.diffusivity == .constant(1e-15))
        #expect(layer.lithium.temperature == 298.15)
        #expect(layer.lithium.composition.relation == .perHostVolume)
        #expect(layer.initial == 0)
        #expect(layer.saturation == 69_600)
        #expect(layer.protocolSteps == [ProtocolStep(.plate, currentDensity: 10, ends: [.time(time)])])
        #expect(layer.integrator.relativeTolerance == 1e-4)
        #expect(layer.currentProfile(3e-8) == 1)

        let mechanics = try #require(layer.mechanics)
        #expect(mechanics.electrolyte == .friction(cap: 1e9, slip: 1e-9))
        #expect(mechanics.collector == .friction(cap: 2e7, slip: 1e-9))
        #expect(mechanics.stackPressure == 0)
        #expect(mechanics.solid.concentration == 2)
        // E from 45 GPa to 7.8 GPa by mole fraction x = y / (1 + y), nu = 0.3
        for y in [0.0, 0.25, 1.0] {
            let constants: ElasticConstants<Double> = mechanics.solid.constants(y / 14e-6)
            let x = y / (1 + y)
            #expect(abs(constants.youngsModulus / (45e9 - 37.2e9 * x) - 1) < 1e-12)
            #expect(abs(constants.poissonsRatio - 0.3) < 1e-12)
        }
        // (1 + 13 y / 14)^(1/3) - 1 at y = 0.1
        let strain: Double = mechanics.solid.swelling(0.1 / 14e-6)
        #expect(abs(strain - 0.030041) < 1e-6)
    }

    @Test("The frames of the figures")
    func frames() throws {
        #expect(try parameters("wang2024-fig4-plate-one-way").frames == .times([1, 2, 5, 10]))
        #expect(try parameters("wang2024-fig4-plate-two-way").frames == .times([10, 30]))
    }

    @Test("The cycle strips at falling currents, with rests between")
    func cycle() throws {
        let layer = try parameters("plate-rest-strip")
        #expect(layer.coupling == .twoWay)
        #expect(
            layer.protocolSteps == [
                ProtocolStep(.plate, currentDensity: 10, ends: [.time(10)]), ProtocolStep(.rest, ends: [.time(20)]),
                ProtocolStep(.strip, currentDensity: 10, ends: [.surfaceDepletes]),
                ProtocolStep(.rest, ends: [.time(10)]),
                ProtocolStep(.strip, currentDensity: 2, ends: [.surfaceDepletes]),
                ProtocolStep(.rest, ends: [.time(10)]),
                ProtocolStep(.strip, currentDensity: 0.4, ends: [.surfaceDepletes]),
            ])
        let plate = try parameters("wang2024-fig4-plate-two-way")
        #expect(layer.mechanics == plate.mechanics)
        #expect(layer.body == plate.body)
    }

    @Test("The island is an alloy whose adhesion holds it")
    func island() throws {
        let layer = try parameters("island-5um")
        #expect(layer.body.shape == .strip)
        #expect(layer.body.width == 2.5e-6)
        #expect(layer.body.side == .free)
        let mechanics = try #require(layer.mechanics)
        #expect(mechanics.across == .planeStrain)
        #expect(mechanics.electrolyte == .friction(cap: 1e9, slip: 1e-9))
        #expect(mechanics.collector == .sliding)
        // One lithium for each magnesium, by the volume of the swollen layer at the start.
        #expect(abs(layer.initial * (14e-6 + 13e-6) - 1) < 1e-12)
        #expect(abs(layer.lithium.composition.lithiumPerHost(concentration: layer.initial) - 1) < 1e-12)
        #expect(abs(mechanics.solid.swelling(layer.initial) as Double) < 1e-15)
        guard case .alloy = layer.lithium.solution, case .alloy = layer.lithium.diffusivity else {
            Issue.record("the lithium of the island is not an alloy")
            return
        }
        // 1/h = (c / RT) dmu/dc by central differences
        let (c, step) = (layer.initial, 1e-4 * layer.initial)
        let solution = layer.lithium.solution
        let rise = solution.potential(c + step, temperature: 298.15) - solution.potential(c - step, temperature: 298.15)
        let factor: Double = solution.mobilityFactor(c)
        let slope: Double = c * rise / (2 * step * 8.31446261815324 * 298.15)
        #expect(abs(factor * slope - 1) < 1e-6)
    }

    @Test("Transport in the plane has no stress, and its current the profile of the case")
    func transport() throws {
        let model = try #require(shippedCase("li-mg-strip-transport").model as? TransportCase)
        let plane = try #require(model.plane)
        #expect(plane.mechanics == nil)
        let body = LayerBody(
            shape: .strip, thickness: 5e-6, width: 20e-6, side: .periodic, columns: 96, rows: 128, sideGrading: 1,
            electrolyteGrading: 10)
        #expect(plane.body == body)
        #expect(plane.lithium.composition.relation == .sharedVolume)
        #expect(plane.lithium.diffusivity == model.parameters.diffusivity)
        #expect(abs(plane.initial - 1 / 27e-6) < 1e-9)
        #expect(plane.currentProfile(10e-6) == 4)
        #expect(abs(plane.currentProfile(0) - 1) < 1e-6)
        #expect(model.threads == 1)
        #expect(model.coarser.map { $0.plane?.body.columns } == [48, 96])
    }
}
