import Cases
import Foundation
import Materials
import Testing

@Suite("The material of a layer with stress")
struct LayerMaterialTests {
    private func problem(_ overrides: String...) throws -> String {
        try problems { try SampleLayer.read(set: overrides) }.joined(separator: "\n")
    }

    /// A copy of li-mg and its database in a folder of its own.
    private func withOwnMaterial(
        _ change: (inout String, _ database: inout String) -> Void, _ body: (_ path: String) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mesolith-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func text(_ name: String) throws -> String {
            String(decoding: try #require(MaterialLibrary.file(named: name)).bytes, as: UTF8.self)
        }
        var (material, database) = (try text("li-mg.yaml"), try text("cost507-li-mg.tdb"))
        change(&material, &database)
        try material.replacing("cost507-li-mg.tdb", with: "own.tdb")
            .write(toFile: "\(folder)/own.yaml", atomically: true, encoding: .utf8)
        try database.write(toFile: "\(folder)/own.tdb", atomically: true, encoding: .utf8)
        try body("\(folder)/own.yaml")
    }

    @Test("Stated ranges hold over the compositions that the run can reach")
    func ranges() throws {
        let elasticity = [
            "material.elasticity.mixture.source=own", "material.elasticity.mixture.temperature_range=[0 degC, 20 degC]",
        ]
        #expect(
            try problem(elasticity[0], elasticity[1]).contains(
                "the elasticity of `li-mg` is stated for 273.15 K to 293.15 K, and the case is at 298.15 K"))
        let volume = ["material.volume.source=own", "material.volume.mole_fraction_range=[0, 0.3]"]
        // y = c V_Mg = 69.6e-3 * 14 = 0.9744, x = y / (1 + y)
        #expect(
            try problem(volume[0], volume[1]).contains(
                "the volume of `li-mg` is stated for x = 0 to 0.3, and the case runs through x = 0 to 0.493517"))
        let allowed = try SampleLayer.read(set: volume + ["material.allow_extrapolation=[volume.mole_fraction]"])
        #expect(allowed.extrapolations.count == 1)
        #expect(
            try problem("temperature=20 degC").contains(
                "the thermodynamics of `li-mg` is stated for 298.15 K to 453.6 K"))
    }

    @Test("Where stress drives lithium both limits can be reached")
    func reach() throws {
        let law = ["lithium={}", "material.diffusivity.use=arrhenius", "initial.mole_fraction=0.4"]
        #expect(try SampleLayer.read(set: law + ["coupling=one-way"]).extrapolations.isEmpty)
        #expect(try problem(law[0], law[1], law[2]).contains("the case runs through x = 0 to "))
        #expect(try SampleLayer.read(set: law + ["limits.depletion.mole_fraction=0.3"]).extrapolations.isEmpty)
    }

    @Test("What the case does not use of its material cannot be changed")
    func noEffect() throws {
        #expect(
            try problem("lithium.solution=dilute", "material.thermodynamics.phase=HCP_A3").contains(
                "`thermodynamics` has no effect here: this case uses only `volume`, `elasticity` of its material"))
        #expect(
            try problem("material.diffusivity.use=arrhenius").contains(
                "uses only `volume`, `thermodynamics`, `elasticity` of its material"))
    }

    @Test("A material without stiffness is refused")
    func withoutElasticity() throws {
        try withOwnMaterial { material, _ in
            guard let start = material.range(of: "elasticity:\n"), let end = material.range(of: "\ndiffusivity:\n")
            else { return }
            material.removeSubrange(start.lowerBound...end.lowerBound)
        } _: { (path: String) throws in
            #expect(
                try problem("material=\(path)").hasSuffix(
                    "`material`: `own` has no `elasticity`, which chemo-mechanics needs"))
        }
    }

    @Test("A phase that decomposes by itself is refused")
    func unstable() throws {
        try withOwnMaterial { _, database in
            database = database.replacing("-18335+8.49*T", with: "+40000")
        } _: { (path: String) throws in
            let found = try problem("material=\(path)")
            #expect(
                found.contains("the phase `BCC_A2` of `own` decomposes by itself at the mole fraction x = "), "\(found)"
            )
            #expect(found.hasSuffix("keep the run away from there by its limits, or take another `lithium.solution`"))
            let dilute = try SampleLayer.read(set: ["material=\(path)", "lithium.solution=dilute"])
            #expect(dilute.extrapolations.isEmpty)
        }
    }

    @Test("An alloy that melts is refused")
    func melting() throws {
        let allowed = "material.allow_extrapolation=[thermodynamics.temperature]"
        #expect(
            try problem("temperature=900 K", allowed).contains("`temperature`: `li-mg` melts in part at 900 K where"))
    }
}
