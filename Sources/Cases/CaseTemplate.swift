/// A case file whose YAML is read, from which many cases can be made with different values put over it.
struct CaseTemplate: Sendable {
    let source: CaseText
    /// The tree with the overrides so far.
    private(set) var root: CaseNode
    /// The files that its cases name, shared by them.
    let files = CaseFiles()

    /// Reads the YAML of a case.
    ///
    /// - Throws: ``CaseErrors`` when it is not YAML.
    init(_ source: CaseText) throws(CaseErrors) {
        self.source = source
        root = try source.tree()
        root.expandShortMaterials()
    }

    /// Puts a value over the tree.
    ///
    /// - Throws: ``CaseErrors`` when the value has no place in it.
    mutating func apply(_ override: CaseOverride) throws(CaseErrors) {
        try override.apply(to: &root)
        root.expandShortMaterials()
    }

    /// The word behind `model:`.
    var modelName: String? {
        guard case .map(let entries) = root.content,
            case .scalar(let text, _)? = entries.first(where: { $0.key == "model" })?.value.content
        else { return nil }
        return text
    }
}
