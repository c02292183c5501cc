import Cases
import Models
import Testing

@Suite("--set")
struct OverrideTests {
    @Test("Replaces a value")
    func replaces() throws {
        #expect(try SampleCase.parameters(set: "layer.thickness=6 um").thickness == 6e-6)
    }

    @Test("The last one wins")
    func lastWins() throws {
        #expect(try SampleCase.parameters(set: "layer.thickness=6 um", "layer.thickness=7 um").thickness == 7e-6)
    }

    @Test("Blanks beside the dots and the equals sign do not count")
    func blanks() throws {
        #expect(try SampleCase.parameters(set: " layer . thickness = 6 um").thickness == 6e-6)
    }

    @Test("Adds keys and the sections that lead to them")
    func adds() throws {
        #expect(try SampleCase.parameters(set: "mesh.cells=8").cells == 8)
        #expect(try SampleCase.parameters(set: "layer.frame=host").frame == .host)
    }

    @Test("Goes through a short form")
    func shortForms() throws {
        let arrhenius = try SampleCase.parameters(
            set: "diffusivity.arrhenius.prefactor=1e-5 cm^2/s", "diffusivity.arrhenius.activation_energy=0 eV")
        #expect(arrhenius.diffusivity == .constant(1e-9))
        #expect(try SampleCase.parameters(set: "initial.site_fraction=1").initial == .uniform(69_600))
    }

    @Test("Reaches into list items")
    func listItems() throws {
        let slow = try SampleCase.parameters(set: "protocol.0.current_density=0.5 mA/cm^2")
        #expect(slow.protocolSteps.map(\.currentDensity) == [5])
        let rest = try SampleCase.parameters(set: "protocol.0={step: rest, until: {time: 1 s}}")
        #expect(rest.protocolSteps == [ProtocolStep(.rest, ends: [.time(1)])])
    }

    @Test("Takes sections and lists")
    func structures() throws {
        let steps = "protocol=[{step: rest, until: {time: 1 s}}, {step: rest, until: {time: 2 s}}]"
        #expect(try SampleCase.parameters(set: steps).protocolSteps.map(\.ends) == [[.time(1)], [.time(2)]])
    }

    @Test("Mends what is wrong in the file")
    func mends() throws {
        let text = SampleCase.text.replacing("thickness: 5 um", with: "thickness: 5")
        let mended = try Case(bytes: Array(text.utf8), path: "case.yaml", overrides: ["layer.thickness=5 um"])
        #expect((mended.model as? TransportCase)?.parameters.thickness == 5e-6)
    }
}
