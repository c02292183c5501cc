import Materials
import Quantities

/// The material of a case: a file of the library or the user's own, with single keys of the case put over it.
struct CaseMaterial: Sendable {
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
            (["temperature", "mole_fraction"] + (property == .flow ? ["stress"] : [])).map {
                "\(property.rawValue).\($0)"
            }
        }
    }
}

extension KeyReader {
    /// The `material` of a case.
    ///
    /// - Parameters:
    ///   - properties: those that the case uses; to change another one is a mistake.
    ///   - fallback: the material of a case that names none.
    func material(_ properties: [MaterialProperty], default fallback: String, _ meaning: String) -> CaseMaterial {
        declare("material", kind: "name | section", example: fallback, default: fallback, meaning)
        if isDescribing {
            let keys = child("material", entries: nil, location: location)
            _ = keys.caseMaterialKeys(properties, default: fallback)
            context.describesMaterialOfCase = true
            defer { context.describesMaterialOfCase = false }
            return CaseMaterial(
                name: fallback, material: MaterialKeys(keys, properties: properties).material, isNamed: false,
                allowed: [])
        }
        let entry = take("material", isRequired: false, example: fallback, kind: "the name of a material")
        if let memory = context.files.memory(of: properties, changedBy: entry?.value) { return recall(memory) }
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
                    "`material`: expected the name of a material such as `\(fallback)`, or a map of keys, "
                        + "found \(entry.value.kind)")
            }
        }
        let own = child("material", entries: overrides, location: entry?.keyLocation ?? location)
        let (from, allowed) = own.caseMaterialKeys(properties, default: fallback)
        let file: MaterialFile
        do {
            let place = own.entry("from")?.value.location ?? own.location
            file = try context.files.material(from, namedIn: place)
        } catch {
            for problem in error.problems { context.report(problem.location, problem.message) }
            return CaseMaterial(name: from, material: Material(), isNamed: true, allowed: allowed)
        }
        guard case .map(let base) = file.root.content else {
            return CaseMaterial(name: from, material: Material(), isNamed: true, allowed: allowed)
        }
        own.renote("from", .text(file.reference))
        context.material = SchemaContext.MaterialScope(file: file.path, readsAll: false)
        context.attachments.append(("material_text", file.text))
        let others = overrides.filter { !["from", "allow_extrapolation"].contains($0.key) }
        let keys = child("material", entries: merged(base, with: others), location: own.location)
        let material = MaterialKeys(keys, properties: properties).material
        let used = properties.map { "`\($0.rawValue)`" }.joined(separator: ", ")
        for property in MaterialProperty.allCases where !properties.contains(property) {
            keys.ignore(property.rawValue, because: "this case uses only \(used) of its material")
        }
        keys.finish()
        let resolved = ResolvedNode.map(own.resolved + keys.resolved)
        note("material", resolved)
        let read = CaseMaterial(
            name: file.name, material: material, isNamed: isNamed || own.presentKeys.contains("from"), allowed: allowed)
        if context.problems.count == problemsBefore {
            let memory = MaterialMemory(
                material: read, file: file.path, resolved: resolved, laws: Array(context.laws[lawsBefore...]),
                parameters: Array(context.parameters[parametersBefore...]),
                attachments: Array(context.attachments[attachmentsBefore...]))
            context.material?.memory = memory
            context.files.keep(memory, of: properties, changedBy: entry?.value)
        }
        return read
    }

    /// A material that another case has read in the same words.
    private func recall(_ memory: MaterialMemory) -> CaseMaterial {
        context.material = SchemaContext.MaterialScope(file: memory.file, readsAll: false, memory: memory)
        context.laws += memory.laws
        context.parameters += memory.parameters
        context.attachments += memory.attachments
        note("material", memory.resolved)
        return memory.material
    }

    /// The keys that a case has in its `material` beside those of the material file.
    private func caseMaterialKeys(
        _ properties: [MaterialProperty], default fallback: String
    ) -> (from: String, allowed: [String]) {
        let from = text(
            "from", example: fallback,
            "The material: a name that `mesolith materials` lists, or the path of a .yaml file; the keys below replace single "
                + "values of it, and so do the keys of a law's statement, such as `source` and `note` (see the keys of material "
                + "files). `material: \(fallback)` is short for `from` alone.")
        if from == nil { note("from", .text(fallback)) }
        let allowed = words(
            "allow_extrapolation", among: CaseMaterial.extrapolations(of: properties),
            "Stated ranges that the case may leave; each one left is named in the summary and in the results.")
        return (from ?? fallback, allowed)
    }

    /// Notes a law that the case uses outside the range for which it is stated, unless the case allows it.
    func checkRange<Law>(
        of property: MaterialProperty, _ law: Stated<Law>, in material: CaseMaterial, temperature: Double,
        moleFraction: ClosedRange<Double>
    ) {
        if let range = law.validity.temperature, temperature.isFinite, !range.contains(temperature) {
            leaves(
                "\(property.rawValue).temperature", of: material, at: "temperature",
                stated: "\(shown(range.lowerBound, "K")) to \(shown(range.upperBound, "K"))",
                found: "the case is at \(shown(temperature, "K"))")
        }
        if let range = law.validity.moleFraction, !range.widened(by: 1e-9).contains(moleFraction) {
            func words(_ range: ClosedRange<Double>) -> String {
                "x = \(shown(range.lowerBound)) to \(shown(range.upperBound))"
            }
            leaves(
                "\(property.rawValue).mole_fraction", of: material, at: "material", stated: words(range),
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

    private func leaves(_ name: String, of material: CaseMaterial, at key: String, stated: String, found: String) {
        let property = name.prefix { $0 != "." }
        if material.allowed.contains(name) {
            context.extrapolations.append(
                "\(name): the \(property) of \(material.name) is stated for \(stated), \(found)")
        } else {
            problem(
                key,
                "the \(property) of `\(material.name)` is stated for \(stated), and \(found); stay within it, or allow it "
                    + "with `material.allow_extrapolation: [\(name)]`")
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
    /// The tree of a case with `material: li-mg` written as `material: {from: li-mg}`, so that overrides find a map there.
    mutating func expandShortMaterial() {
        guard case .map(var entries) = content, let index = entries.firstIndex(where: { $0.key == "material" }),
            case .scalar(let text, _) = entries[index].value.content, !text.isEmpty
        else { return }
        let value = entries[index].value
        let from = Entry(key: "from", keyLocation: entries[index].keyLocation, value: value)
        entries[index].value = CaseNode(content: .map([from]), location: value.location)
        content = .map(entries)
    }
}
