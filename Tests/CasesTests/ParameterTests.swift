import Cases
import Materials
import Models
import Testing

@Suite("Values reach the parameters in SI units")
struct ParameterTests {
    @Test("A micrometre has three spellings", arguments: ["5 um", "5 µm", "5 \u{3BC}m", "0.005 mm"])
    func micrometre(text: String) throws {
        #expect(try SampleCase.parameters(set: "layer.thickness=\(text)").thickness == 5e-6)
    }

    @Test("An activation energy is per particle or per mole")
    func activationEnergy() throws {
        func diffusivity(_ energy: String) throws -> Double {
            let law = "diffusivity.arrhenius={prefactor: 0.1 cm^2/s, activation_energy: \(energy)}"
            let parameters = try SampleCase.parameters(set: law, "temperature=25 degC")
            guard case .constant(let value) = parameters.diffusivity else { return .nan }
            return value
        }
        // 0.57 eV times the Faraday constant.
        #expect(try abs(diffusivity("0.57 eV") / diffusivity("54.99663931 kJ/mol") - 1) < 1e-8)
        // 1e-5 m2/s times exp(-55000 / (8.31446261815324 * 298.15))
        #expect(try abs(diffusivity("55 kJ/mol") / 2.3142852e-15 - 1) < 1e-7)
    }

    @Test("A Celsius temperature")
    func temperature() throws {
        func material(_ temperature: String) throws -> Diffusivity {
            try SampleCase.parameters(set: "diffusivity=material", "temperature=\(temperature)").diffusivity
        }
        guard case .alloy(let alloy) = try material("25 degC") else {
            Issue.record("the diffusivity of li-mg is not that of an alloy")
            return
        }
        // COST 507 at 298.15 K: 1 + x (1 - x) [2 (L2 - L0)] / RT at x = 1/2
        let curvature = 2 * (2624.0109 + 15803.7065) / 2478.957029
        let factor = alloy.factor(moleFraction: 0.5)
        #expect(abs(factor - 1 - 0.25 * curvature) < 1e-8)
        #expect(try material("25 degC") == material("298.15 K"))
    }

    @Test("Currents, charges and times")
    func protocolStep() throws {
        let until = "protocol.0.until={time: 2 h, charge: 3 mAh/cm^2, utilisation: 80 %, event: surface_saturates}"
        let steps = try SampleCase.parameters(set: until).protocolSteps
        let ends: [ProtocolStep.End] = [.time(7200), .charge(108_000), .utilisation(0.8), .surfaceSaturates]
        #expect(steps == [ProtocolStep(.plate, currentDensity: 10, ends: ends)])
        #expect(steps.first?.signedCurrentDensity == 10)
    }

    @Test("A composition has four names")
    func composition() throws {
        func initial(_ text: String) throws -> Double {
            let parameters = try SampleCase.parameters(set: "initial=\(text)", "limits.saturation=70 mmol/cm^3")
            guard case .uniform(let value) = parameters.initial else { return .nan }
            return value
        }
        // x = 1/2 in a shared volume: c = 1 / (V_Li + V_Mg)
        let half = 1 / 27e-6
        #expect(try abs(initial("{mole_fraction: 0.5}") / half - 1) < 1e-14)
        #expect(try abs(initial("{li_per_mg: 1}") / half - 1) < 1e-14)
        #expect(try initial("{site_fraction: 0.5}") == 35_000)
        #expect(try initial("35 mmol/cm^3") == 35_000)
    }

    @Test("A table over the thickness")
    func table() throws {
        let table = "initial.table={position: [0 um, 5 um], concentration: [60 mmol/cm^3, 20 mmol/cm^3]}"
        let expected = MonotoneCubic(x: [0, 5e-6], y: [60_000, 20_000])
        #expect(try SampleCase.parameters(set: table).initial == .table(expected))
    }

    @Test("When frames are written")
    func frames() throws {
        func frames(_ text: String) throws -> FrameSchedule {
            try SampleCase.parameters(set: "output.frames=\(text)").frames
        }
        #expect(try frames("final") == .finalOnly)
        #expect(try frames("{every: 3}") == .everySteps(3))
        #expect(try frames("{interval: 2 min}") == .interval(120))
        #expect(try frames("{times: [1 s, 1 min]}") == .times([1, 60]))
    }
}
