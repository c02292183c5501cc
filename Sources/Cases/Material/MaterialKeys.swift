import Foundation
import Materials
import Quantities

/// The keys of a material, each declared here once, and the laws they make.
struct MaterialKeys {
    let title: String
    let material: Material

    /// Every key that a material file can have.
    static let all: [KeyDeclaration] = {
        let context = SchemaContext(document: .materialFile)
        let reader = KeyReader(
            context: context, path: "", schemaPath: "", entries: nil, location: .file(path: "", line: 1, column: 1))
        _ = MaterialKeys(reader, properties: MaterialProperty.allCases)
        return context.declarations
    }()
    static let known = KnownKeys(all)

    /// Reads those properties that are asked for.
    init(_ keys: KeyReader, properties: [MaterialProperty]) {
        _ = keys.integer("version", in: 1...1, default: 1, "Version of the material format.")
        title = keys.text("title", example: "Li-Mg alloy", isRequired: true, "What the material is.") ?? ""
        var material = Material()
        for property in properties {
            switch property {
            case .thermodynamics: material.thermodynamics = keys.thermodynamics()
            case .volume: (material.volume, material.lithiumVolume) = keys.volumes()
            case .elasticity: material.elasticity = keys.elasticity(volume: material.volume?.law)
            case .diffusivity: material.diffusivity = keys.lithiumDiffusion()
            case .flow: material.flow = keys.flow()
            case .thinning: material.thinning = keys.thinning()
            case .confinedCreep: material.confinedCreep = keys.confinedCreep()
            case .conductivity: material.conductivity = keys.conductivity()
            case .kinetics: material.kinetics = keys.kinetics()
            case .resistance: material.resistance = keys.resistance()
            case .contact: material.contact = keys.contact()
            case .interphase: material.interphase = keys.interphase()
            case .openCircuit: material.openCircuit = keys.openCircuit()
            }
        }
        self.material = material
    }
}

extension KeyReader {
    /// The law that a property uses, of those that its file holds.
    ///
    /// Where a whole material is read all of them are; in a case the others are left alone, and changing one is a mistake.
    func lawInUse<Law>(
        _ laws: [(name: String, read: (KeyReader, _ name: String) -> Stated<Law>?)]
    ) -> Stated<Law>? {
        let names = laws.map(\.name)
        let present = names.filter(presentKeys.contains)
        declare(
            "use", kind: names.joined(separator: " | "), example: names[0],
            "Which of the laws below holds; may be left out where there is one.")
        if isDescribing {
            for law in laws { _ = law.read(self, law.name) }
            return nil
        }
        var used = present.count == 1 ? present[0] : nil
        if let entry = take(
            "use", isRequired: present.count != 1, example: present.first ?? names[0], kind: listed(names))
        {
            used = readWord(entry.value, name: "use", among: names)
            if let word = used {
                note("use", .plain(word))
                if !present.contains(word) {
                    let given = present.isEmpty ? "no law" : listed(present)
                    problem("use", "`\(word)` is not given in `\(path)`, which holds \(given)")
                }
            }
        }
        var chosen: Stated<Law>?
        for law in laws {
            if law.name == used {
                chosen = law.read(self, law.name)
            } else if context.material?.readsAll ?? false {
                _ = law.read(self, law.name)
            } else {
                ignore(law.name, because: "`\(path).use` is `\(used ?? "")`")
            }
        }
        for name in present where name != used {
            let place = path.isEmpty ? name : "\(path).\(name)"
            for index in context.laws.indices where context.laws[index].path == place {
                context.laws[index].isInUse = false
            }
        }
        return chosen
    }

    /// Leaves a key of a material file unread; one that the case put there is a mistake.
    func ignore(_ name: String, because reason: String) {
        markAsked(name)
        guard let entry = entry(name), entry.keyLocation.file != context.material?.file else { return }
        context.report(entry.keyLocation, "`\(name)` has no effect here: \(reason); remove it")
    }
}
