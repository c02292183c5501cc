import Materials
import Quantities

/// A material of a case: a file of the library or the user's own, with single keys of the case put over it.
struct CaseMaterial: Sendable {
    /// The key of the case that names it, from the top.
    let key: String
    /// Its name.
    let name: String
    /// The laws.
    let material: Material
    /// Whether the case names the material; otherwise it is the default.
    let isNamed: Bool
    /// The ranges that the case allows to leave, such as `diffusivity.temperature`.
    let allowed: [String]

    /// What `allow_extrapolation` can name.
    static func extrapolations(of properties: [MaterialProperty]) -> [String] {
        properties.flatMap { property in
            (["temperature", "mole_fraction"] + (property.isStatedForPressures ? ["pressure"] : [])
                + (property == .flow ? ["stress"] : [])).map { "\(property.rawValue).\($0)" }
        }
    }

    /// The keys that can name a material, of all models, from the top.
    static let keys = ["material", "interface", "electrolyte.material", "cathode.material"]
}

extension MaterialProperty {
    /// Whether the range of pressures is one that a case can leave.
    fileprivate var isStatedForPressures: Bool { self == .thinning || self == .confinedCreep }
}

extension KeyReader {
    /// A material of a case: `material`, or another key that names one.
    ///
    /// - Parameters:
    ///   - properties: those that the case uses; to change another one is a mistake.
    ///   - all: those that cases of its model can use, whose ranges it may allow to leave; nil where these are the same.
    ///   - name: the key, the last part of one of `CaseMaterial.keys`.
    ///   - fallback: the material of a case that names none.
    func material(
        _ properties: [MaterialProperty], amongst all: [MaterialProperty]? = nil, at name: String = "material",
        default fallback: String, _ meaning: String
    ) -> CaseMaterial {
        let place = path.isEmpty ? name : "\(path).\(name)"
        func unknown(_ name: String, isNamed: Bool, allowed: [String] = []) -> CaseMaterial {
            CaseMaterial(key: place, name: name, material: Material(), isNamed: isNamed, allowed: allowed)
        }
        declare(name, kind: "name | section", example: fallback, default: fallback, meaning)
        if isDescribing {
            let keys = child(name, entries: nil, location: location)
            _ = keys.caseMaterialKeys(of: name, all ?? properties, default: fallback)
            context.describesMaterialOfCase = true
            defer { context.describesMaterialOfCase = false }
            return CaseMaterial(
                key: place, name: fallback, material: MaterialKeys(keys, properties: properties).material,
                isNamed: false, allowed: [])
        }
        let entry = take(name, isRequired: false, example: fallback, kind: "the name of a material")
        // Nothing is asked of a material without effect.
        guard isApplicable == true else { return unknown(fallback, isNamed: entry != nil) }
        let words = CaseFiles.MaterialKey(
            key: place, fallback: fallback, properties: properties, changes: entry?.value)
        if let memory = context.files.memory(of: words) { return recall(memory, as: name) }
        let problemsBefore = context.problems.count
        let (lawsBefore, parametersBefore) = (context.laws.count, context.parameters.count)
        let attachmentsBefore = context.attachments.count
        var overrides: [CaseNode.Entry] = []
        // A mistake in the material counts as one that is named: the case shall not be asked for a diffusivity besides.
        var isNamed = false
        switch entry?.value.content {
        case .map(let entries)?: overrides = entries
        case nil: break
        default:
            isNamed = true
            if let entry {
                context.report(
                    entry.value.location,
                    "`\(name)`: expected the name of a material such as `\(fallback)`, or a map of keys, "
                        + "found \(entry.value.kind)")
            }
        }
        let own = child(name, entries: overrides, location: entry?.keyLocation ?? location)
        let (from, allowed) = own.caseMaterialKeys(of: name, all ?? properties, default: fallback)
        let file: MaterialFile
        do {
            let place = own.entry("from")?.value.location ?? own.location
            file = try context.files.material(from, namedIn: place)
        } catch {
            for problem in error.problems { context.report(problem.location, problem.message) }
            return unknown(from, isNamed: true, allowed: allowed)
        }
        guard case .map(let base) = file.root.content else {
            return unknown(from, isNamed: true, allowed: allowed)
        }
        own.renote("from", .text(file.reference))
        context.material = SchemaContext.MaterialScope(file: file.path, key: place, readsAll: false)
        defer { context.material = nil }
        context.attachments.append((place.replacing(".", with: "_") + "_text", file.text))
        let others = overrides.filter { !["from", "allow_extrapolation"].contains($0.key) }
        let keys = child(name, entries: merged(base, with: others), location: own.location)
        let material = MaterialKeys(keys, properties: properties).material
        let used = properties.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        for property in MaterialProperty.allCases where !properties.contains(property) {
            keys.ignore(property.rawValue, because: "this case uses only \(used) of its \(name)")
        }
        keys.finish()
        let resolved = ResolvedNode.map(own.resolved + keys.resolved)
        note(name, resolved)
        let read = CaseMaterial(
            key: place, name: file.name, material: material, isNamed: isNamed || own.presentKeys.contains("from"),
            allowed: allowed)
        if context.problems.count == problemsBefore {
            let memory = MaterialMemory(
                material: read, file: file.path, resolved: resolved, laws: Array(context.laws[lawsBefore...]),
                parameters: Array(context.parameters[parametersBefore...]),
                attachments: Array(context.attachments[attachmentsBefore...]))
            context.memories[place] = memory
            context.files.keep(memory, of: words)
        }
        return read
    }

    /// A material that another case has read in the same words.
    private func recall(_ memory: MaterialMemory, as name: String) -> CaseMaterial {
        context.memories[memory.material.key] = memory
        context.laws += memory.laws
        context.parameters += memory.parameters
        context.attachments += memory.attachments
        note(name, memory.resolved)
        return memory.material
    }

    /// The keys that a case has in its `material` beside those of the material file.
    private func caseMaterialKeys(
        of name: String, _ properties: [MaterialProperty], default fallback: String
    ) -> (from: String, allowed: [String]) {
        let from = text(
            "from", example: fallback,
            "The material: a name that `mesolith materials` lists, or the path of a .yaml file; the keys below replace single "
                + "values of it, and so do the keys of a law's statement, such as `source` and `note` (see the keys of material "
                + "files). `\(name): \(fallback)` is short for `from` alone.")
        if from == nil { note("from", .text(fallback)) }
        let allowed = words(
            "allow_extrapolation", among: CaseMaterial.extrapolations(of: properties),
            "Stated ranges that the case may leave; each one left is named in the summary and in the results.")
        return (from ?? fallback, allowed)
    }

    /// Notes a law that the case uses outside the range for which it is stated, unless the case allows it.
    func checkRange<Law>(
        of property: MaterialProperty, _ law: Stated<Law>, in material: CaseMaterial, temperature: Double,
        moleFraction: ClosedRange<Double>? = nil
    ) {
        if let range = law.validity.temperature, temperature.isFinite, !range.contains(temperature) {
            leaves(
                "\(property.rawValue).temperature", of: material, at: "temperature",
                stated: "\(shown(range.lowerBound, "K")) to \(shown(range.upperBound, "K"))",
                found: "the case is at \(shown(temperature, "K"))")
        }
        if let moleFraction, let range = law.validity.moleFraction, !range.widened(by: 1e-9).contains(moleFraction) {
            func words(_ range: ClosedRange<Double>) -> String {
                "x = \(shown(range.lowerBound)) to \(shown(range.upperBound))"
            }
            leaves(
                "\(property.rawValue).mole_fraction", of: material, at: material.key, stated: words(range),
                found: "the case runs through \(words(moleFraction))")
        }
    }

    /// Notes a flow law whose largest equivalent stress in Pa, which a key of the case sets, is outside the range for which
    /// it is stated, unless the case allows it.
    func checkStress<Law>(_ law: Stated<Law>, in material: CaseMaterial, largest stress: Double, at key: String) {
        guard let range = law.validity.stress, stress.isFinite, !range.contains(stress) else { return }
        leaves(
            "\(MaterialProperty.flow.rawValue).stress", of: material, at: key,
            stated: "\(shown(range.lowerBound, "MPa")) to \(shown(range.upperBound, "MPa"))",
            found: "the largest equivalent stress of the case is \(shown(stress, "MPa"))")
    }

    /// Notes a law that the case uses at pressures in Pa outside the range for which it is stated, unless the case allows it.
    ///
    /// - Parameters:
    ///   - found: what the case does, in words.
    ///   - key: the key at which it does.
    /// - Returns: whether it does.
    func checkPressures<Law>(
        of property: MaterialProperty, _ law: Stated<Law>, in material: CaseMaterial, _ pressures: ClosedRange<Double>,
        found: String, at key: String
    ) -> Bool {
        guard let range = law.validity.pressure, !range.widened(by: 1e-9 * range.upperBound).contains(pressures) else {
            return false
        }
        leaves(
            "\(property.rawValue).pressure", of: material, at: key,
            stated: "\(shown(range.lowerBound, "MPa")) to \(shown(range.upperBound, "MPa"))", found: found)
        return true
    }

    private func leaves(_ name: String, of material: CaseMaterial, at key: String, stated: String, found: String) {
        let property = name.prefix { $0 != "." }.replacing("_", with: " ")
        if material.allowed.contains(name) {
            context.extrapolations.append(
                "\(name): the \(property) of \(material.name) is stated for \(stated), \(found)")
        } else {
            problem(
                key,
                "the \(property) of `\(material.name)` is stated for \(stated), and \(found); stay within it, or allow it "
                    + "with `\(material.key).allow_extrapolation: [\(name)]`")
        }
    }
}

extension ClosedRange<Double> {
    /// The range with both ends moved outwards.
    fileprivate func widened(by margin: Double) -> ClosedRange<Double> {
        (lowerBound - margin)...(upperBound + margin)
    }
}

extension CaseNode {
    /// The tree of a case with `material: li-mg` written as `material: {from: li-mg}`, so that overrides find a map there; so
    /// with the other keys that name a material.
    mutating func expandShortMaterials() {
        for key in CaseMaterial.keys { expandShortMaterial(key.split(separator: ".").map(String.init)[...]) }
    }

    private mutating func expandShortMaterial(_ path: ArraySlice<String>) {
        guard let key = path.first, case .map(var entries) = content,
            let index = entries.firstIndex(where: { $0.key == key })
        else { return }
        if path.count > 1 {
            entries[index].value.expandShortMaterial(path.dropFirst())
        } else {
            guard case .scalar(let text, _) = entries[index].value.content, !text.isEmpty else { return }
            let value = entries[index].value
            let from = Entry(key: "from", keyLocation: entries[index].keyLocation, value: value)
            entries[index].value = CaseNode(content: .map([from]), location: value.location)
        }
        content = .map(entries)
    }
}
