import Formulas
import Foundation
import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

/// A run in which something becomes infinite or not a number says what, and where.
@Suite struct NotFiniteTests {
    private func failure(_ run: () throws -> RunReport) throws -> String {
        try #require(throws: RunFailure.self) { try run() }.description
    }

    /// A layer that is plated from 30000 mol/m3.
    private func line(_ diffusivity: Diffusivity, current: Double = 5) -> TransportParameters {
        var line = TransportParameters.slab(cells: 12, tolerance: 1e-6)
        line.diffusivity = diffusivity
        line.initial = .uniform(30000)
        line.protocolSteps = [ProtocolStep(.plate, currentDensity: current, ends: [.time(2000)])]
        return line
    }

    private func plane(_ line: TransportParameters) -> LayerParameters {
        LayerParameters(
            body: LayerBody(shape: .strip, thickness: 5e-6, width: 3e-6, side: .free, columns: 2, rows: 12),
            lithium: LithiumParameters(
                solution: .dilute(hostVolume: line.composition.hostVolume), diffusivity: line.diffusivity,
                composition: line.composition, temperature: 298.15),
            mechanics: nil, coupling: .oneWay, initial: 30000, saturation: line.saturation, depletion: 0,
            protocolSteps: line.protocolSteps, integrator: line.integrator, frames: .finalOnly)
    }

    @Test("An infinite current is found in the lithium balance at the electrolyte", arguments: [true, false])
    func infiniteFlux(isConstant: Bool) throws {
        let law = isConstant ? Diffusivity.constant(6e-15) : .alloy(try lithiumMagnesium(temperature: 333.15))
        let line = line(law, current: .infinity)
        let sentence = "the lithium balance at the electrolyte became infinite"
        let found = try failure { try line.run() }
        #expect(found.contains(sentence) && found.contains("protocol step 0 (plate)"), "\(found)")
        let plane = plane(line)
        let inPlane = try failure { try LayerRun(plane, observer: Recorder()).run() }
        let pattern = #/the lithium balance at x = [-.e0-9]+ m, y = 5e-06 m became infinite/#
        #expect(inPlane.contains(pattern), "\(inPlane)")
    }

    @Test("A formula that has no value beyond a composition is found where the layer reaches it")
    func formula() throws {
        // The layer passes a half on its way from 0.41 to 0.7.
        let formula = try Formula(parsing: "6e-15 + 1e-30 * log(0.5 - x)", variables: DiffusivityFormula.variables)
        let line = line(.formula(DiffusivityFormula(formula, unit: 1, temperature: 298.15)))
        let plane = plane(line)
        let found = try failure { try LayerRun(plane, observer: Recorder()).run() }
        let pattern = #/the lithium balance at x = [-.e0-9]+ m, y = [-.e0-9]+ m became not a number/#
        #expect(found.contains(pattern), "\(found)")
        let inLine = try failure { try line.run() }
        #expect(
            inLine.contains(#/the lithium balance (at|.* m from) the electrolyte became not a number/#), "\(inLine)")
    }

    @Test("Swelling that overflows is found in the mechanical equilibrium")
    func equilibrium() throws {
        var plane = plane(line(.constant(6e-15)))
        let solid = AlloySolid(
            elasticity: .isotropic(ElasticConstants(youngsModulus: 30e9, poissonsRatio: 0.3)),
            swelling: .linear(volume: 1e300, stressFree: 30000), composition: plane.lithium.composition,
            concentration: 2)
        plane.mechanics = MechanicsParameters(solid: solid, electrolyte: .sliding, collector: .bonded)
        plane.coupling = .twoWay
        let found = try failure { try LayerRun(plane, observer: Recorder()).run() }
        let pattern = #/the mechanical (equilibrium along [xy]|potential) at x = [-.e0-9]+ m, y = [-.e0-9]+ m became/#
        #expect(found.contains(pattern), "\(found)")
    }
}
