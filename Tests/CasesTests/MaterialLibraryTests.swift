import Cases
import Foundation
import Materials
import Quantities
import Testing

@Suite("The materials that come with Mesolith")
struct MaterialLibraryTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/Materials/Library").path

    @Test("The library lists the files of its folder, as they are there")
    func files() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).sorted()
        #expect(MaterialLibrary.files.map(\.name).sorted() == names)
        for file in MaterialLibrary.files {
            let data = try Data(contentsOf: URL(filePath: "\(Self.folder)/\(file.name)"))
            #expect(file.bytes == Array(data), "\(file.name)")
        }
    }

    @Test(
        "Every value has a unit, a source and a confidence, and lies within what sources report",
        arguments: MaterialLibrary.names)
    func statements(name: String) throws {
        let record = try MaterialRecord(name)
        #expect(!record.title.isEmpty && !record.properties.isEmpty && !record.statements.isEmpty)
        for law in record.statements {
            #expect(!law.source.isEmpty && law.confidence != nil, "\(law.path)")
        }
        #expect(!record.parameters.isEmpty)
        for parameter in record.parameters {
            #expect(!parameter.source.isEmpty && parameter.confidence != nil, "\(parameter.path)")
            #expect(!parameter.meaning.isEmpty)
            guard !parameter.text.hasPrefix("[") else { continue }
            let quantity = try Quantity(parsing: parameter.text)
            // An activation energy may be per particle.
            let dimension = quantity.unit.dimension == .energy ? Dimension.molarEnergy : quantity.unit.dimension
            let siValue = try quantity.siValue(as: dimension)
            #expect(parameter.siValue == siValue)
            if let spread = parameter.spread {
                let ends = try spread.components(separatedBy: " to ").map {
                    try Quantity(parsing: $0).siValue(as: dimension)
                }
                #expect(
                    ends.count == 2 && ends[0] <= parameter.siValue && parameter.siValue <= ends[1], "\(parameter.path)"
                )
            }
        }
    }

    /// |found / expected - 1|
    private func deviation(_ found: Double, from expected: Double) -> Double { abs(found / expected - 1) }

    @Test("Its numbers are those of the literature")
    func numbers() throws {
        let lithium = try MaterialRecord("li").material
        let constants = try #require(lithium.elasticity).law(moleFraction: 1.0)
        // Masias et al. 2019: G = 2.83 GPa, K = 11.07 GPa beside E = 7.82 GPa and 0.381
        #expect(deviation(constants.shearModulus, from: 2.83e9) < 2e-3)
        #expect(deviation(constants.bulkModulus, from: 11.07e9) < 0.02)
        let thinning = try #require(lithium.thinning).law
        #expect(deviation(thinning(pressure: 2.2e6, temperature: 303.15) * 3.6e9, from: 0.06) < 1e-12)
        #expect(deviation(thinning(pressure: 3.5e6, temperature: 303.15) * 3.6e9, from: 0.42) < 1e-3)
        let flow = try #require(lithium.flow).law.lithium.at(temperature: 298.15)
        guard case .anand(let anand) = flow else {
            Issue.record("the flow law of lithium in use is not Anand's")
            return
        }
        // Masias et al. 2019, minimum creep rates
        for (stress, rate) in [(0.2e6, 2.0e-7), (0.4e6, 1.5e-5), (0.6e6, 3.9e-4)] {
            #expect(deviation(anand.rate(stress: stress, resistance: anand.initialResistance), from: rate) < 0.3)
        }

        let alloy = try MaterialRecord("li-mg").material
        let volume = try #require(alloy.volume).law
        #expect(volume.lithiumVolume == 13e-6 && volume.hostVolume == 14e-6)
        let diffusion = try MaterialRecord("li-mg", overrides: ["diffusivity.use=arrhenius"]).material.diffusivity
        let law = try #require(diffusion).law
        let krauskopf = try #require(law.at(temperature: 298.15, phase: nil))
        #expect(deviation(krauskopf.value(moleFraction: 0.9), from: 3.0e-15) < 0.01)

        let interface = try MaterialRecord("li-lpscl").material
        let growth = try #require(interface.interphase).law
        // Aktekin et al. 2023: 60 uAh/cm2 in 400 h at 25 degC and in 120 h at 40 degC, about 540 nm
        let charge = growth.charge(initial: 0, time: 400 * 3600, temperature: 298.15)
        #expect(deviation(charge, from: 2160) < 1e-12)
        #expect(deviation(growth.charge(initial: 0, time: 120 * 3600, temperature: 313.15), from: 2160) < 0.01)
        #expect(deviation(growth.thickness(charge: charge), from: 540e-9) < 0.01)
        let contact = try #require(try MaterialRecord("li-llzo").material.contact).law
        #expect(deviation(contact.resistance(pressure: 41e6), from: 50e-4) < 1e-12)
        let garnet = try #require(try MaterialRecord("llzo").material.conductivity).law
        #expect(deviation(garnet(temperature: 298.15), from: 0.046) < 1e-12)
    }

    @Test("Where Li-Mg takes the numbers of lithium and magnesium they are those")
    func agreement() throws {
        func values(_ name: String) throws -> [String: Double] {
            Dictionary(uniqueKeysWithValues: try MaterialRecord(name).parameters.map { ($0.path, $0.siValue) })
        }
        let (lithium, magnesium, alloy) = (try values("li"), try values("mg"), try values("li-mg"))
        for (path, value) in alloy where path.hasPrefix("flow.") && !path.contains("strengthening") {
            #expect(lithium[path] == value, "\(path)")
        }
        for key in ["youngs_modulus", "poissons_ratio"] {
            #expect(alloy["elasticity.mixture.lithium.\(key)"] == lithium["elasticity.isotropic.\(key)"])
            #expect(alloy["elasticity.mixture.host.\(key)"] == magnesium["elasticity.isotropic.\(key)"])
        }
        for key in ["prefactor", "activation_energy"] {
            #expect(alloy["diffusivity.darken.\(key)"] == lithium["diffusivity.arrhenius.\(key)"])
        }
        #expect(
            alloy["volume.lithium"] == lithium["volume.lithium"] && alloy["volume.host"] == magnesium["volume.host"])
        #expect(
            alloy["flow.strengthening.tenfold_host_fraction"] == alloy["diffusivity.darken.tenfold_host_fraction"])
    }

    @Test(
        "Moduli in GPa, conductivities in mS/cm and exchange current densities in mA/cm2",
        arguments: [
            ("w", "elasticity.isotropic.youngs_modulus", 411e9), ("w", "elasticity.isotropic.poissons_ratio", 0.28),
            ("cu", "elasticity.isotropic.youngs_modulus", 125e9), ("mg", "elasticity.isotropic.youngs_modulus", 45e9),
            ("lpscl", "elasticity.isotropic.youngs_modulus", 22e9),
            ("llzo", "elasticity.isotropic.youngs_modulus", 150e9),
            ("nmc622", "elasticity.isotropic.youngs_modulus", 175e9), ("lpscl", "conductivity.ionic", 0.156),
            ("llzo", "conductivity.ionic", 0.046), ("li3ps4", "conductivity.ionic", 0.012),
            ("li-li3ps4", "kinetics.exchange_current_density", 8.87),
            ("li-llzo", "kinetics.exchange_current_density", 514), ("li", "flow.power_law.exponent", 6.56),
            ("li", "flow.power_law.rate", 7.7e-3), ("li", "confined_creep.exponent", 6.56),
            ("nmc811", "open_circuit.specific_capacity", 813_600), ("li-mg", "flow.strengthening.coefficient", 288),
        ])
    func values(material: String, path: String, value: Double) throws {
        let found = try #require(try MaterialRecord(material).parameters.first { $0.path == path })
        #expect(deviation(found.siValue, from: value) < 1e-12)
    }

    @Test("An activation energy of conductivity times temperature makes the conductivity rise less")
    func hopping() throws {
        func conductivity(_ overrides: String...) throws -> Double {
            let law = try #require(try MaterialRecord("llzo", overrides: overrides).material.conductivity).law
            return law(temperature: 323.15)
        }
        let ratio = try conductivity("conductivity.energy_of=conductivity_times_temperature") / conductivity()
        #expect(deviation(ratio, from: 298.15 / 323.15) < 1e-12)
    }

    @Test("The charge transfer of Li6PS5Cl agrees with its resistance")
    func chargeTransfer() throws {
        let material = try MaterialRecord("li-lpscl").material
        let kinetics = try #require(material.kinetics).law
        let linear = kinetics.law.linearLimit
        let found = linear.resistance(
            exchangeCurrentDensity: kinetics.exchangeCurrentDensity(temperature: 298.15), temperature: 298.15)
        #expect(deviation(found, from: try #require(material.resistance).law(temperature: 298.15)) < 0.01)
    }

    @Test("A description has lines of at most 100 columns and names every value", arguments: MaterialLibrary.names)
    func description(name: String) throws {
        let record = try MaterialRecord(name)
        let description = MaterialDescription(of: record)
        let text = description.text()
        for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        let json = try JSONSerialization.jsonObject(with: Data(description.json().utf8)) as? [String: Any]
        let parameters = try #require(json?["parameters"] as? [[String: Any]])
        #expect(parameters.count == record.parameters.count)
        for parameter in record.parameters {
            #expect(text.contains(parameter.text), "\(parameter.path)")
            #expect(description.markdown().contains("| \(parameter.text) |"))
        }
        #expect(parameters.allSatisfy { ($0["source"] as? String)?.isEmpty == false && $0["confidence"] is String })
    }

    @Test("The keys of material files are described once each")
    func schema() {
        let text = MaterialSchema().text()
        for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        for key in ["thermodynamics.database", "flow.anand.initial_resistance", "interphase.charge"] {
            #expect(text.split(separator: "\n").filter { $0 == key }.count == 1, "\(key)")
        }
        #expect(MaterialSchema().markdown().contains("| `contact.table.pressures` | list of pressure |"))
    }

    @Test("A file of all keys, each with its example, is a material")
    func examples() throws {
        var lines: [String] = []
        var sections: Set<String> = []
        for key in MaterialSchema().keys where key.kind != "section" {
            let parts = key.path.split(separator: ".").map(String.init)
            for depth in 0..<(parts.count - 1) where sections.insert(parts[...depth].joined(separator: ".")).inserted {
                lines.append(String(repeating: "  ", count: depth) + parts[depth] + ":")
            }
            let example = key.defaultText ?? key.example
            #expect(!example.isEmpty, "\(key.path)")
            lines.append(String(repeating: "  ", count: parts.count - 1) + "\(parts.last ?? ""): \(example)")
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "mesolith-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
        let record = try MaterialRecord(path)
        #expect(record.properties == MaterialProperty.allCases)
        #expect(record.statements.count { !$0.isInUse } == 7)
    }

    @Test("Every law can be tabulated, within its range and with units", arguments: MaterialLibrary.names)
    func tables(name: String) throws {
        let record = try MaterialRecord(name)
        var tabulated: [MaterialProperty] = []
        for law in MaterialTable.Law.allCases {
            let temperature = law == .thinning ? 303.15 : 298.15
            do throws(MaterialTable.Problem) {
                let table = try MaterialTable(
                    of: law, in: record, temperature: temperature, points: 11, extrapolates: false)
                #expect(table.rows.count >= 11 && table.rows.allSatisfy { $0.count == table.columns.count })
                #expect(table.rows.allSatisfy { $0.allSatisfy(\.isFinite) }, "\(name) \(law)")
                #expect(zip(table.rows, table.rows.dropFirst()).allSatisfy { $0[0] < $1[0] })
                #expect(table.csv().split(separator: "\n").count == table.rows.count + 1)
                tabulated.append(law.property)
            } catch {
                #expect(error.description.hasPrefix("`\(name)` has no `"))
            }
        }
        // The volume of one element alone is no law over composition.
        let expected = record.properties.filter { $0 != .volume || record.material.volume != nil }
        #expect(Set(tabulated) == Set(expected))
    }

    @Test("A temperature outside the stated range is refused, or allowed on request")
    func temperature() throws {
        let record = try MaterialRecord("li")
        let problem = #expect(throws: MaterialTable.Problem.self) {
            try MaterialTable(of: .thinning, in: record, temperature: 333.15, points: 3, extrapolates: false)
        }
        #expect(
            problem?.description
                == "the thinning of `li` is stated for 293.15 K to 313.15 K, not for 333.15 K; give another --temperature or "
                + "--extrapolate")
        let table = try MaterialTable(of: .thinning, in: record, temperature: 333.15, points: 3, extrapolates: true)
        #expect(table.rows.count == 3)
    }
}
