import Models

/// A case: a case file and its overrides, read, checked and ready to run.
public struct Case: Sendable {
    /// Path of the file as the user gave it.
    public let path: String
    /// The file's text, verbatim.
    public let text: String
    /// The `--set` arguments, verbatim.
    public let overrides: [String]
    /// What the case is called in summaries and figures; nil when the file does not say.
    public let title: String?
    /// The model with its parameters.
    public let model: any CaseModel
    /// Where the case leaves the range for which a law of its material is stated, and allows it; one sentence each.
    public let extrapolations: [String]
    /// The laws of its material that the case uses, with what is known of them.
    public let laws: [MaterialLaw]
    /// Texts that the case takes from other files, such as a thermodynamic database.
    let attachments: [(name: String, text: String)]
    /// Where the first of the keys that make the case larger stands; else the top of the case.
    let sizePlace: SourceLocation
    private let resolvedTree: ResolvedNode

    /// The case with overrides and every default filled in, as a case file of its own.
    public var resolved: String { resolvedTree.yaml() + "\n" }

    /// Reads a case file, applies overrides `path=value` and checks everything.
    ///
    /// - Throws: ``CaseErrors`` with all that is wrong, each with its place.
    public init(path: String, overrides: [String] = []) throws(CaseErrors) {
        try self.init(CaseText(reading: path), overrides: overrides)
    }

    /// Takes the bytes of a case file; `path` is for messages only.
    ///
    /// - Throws: ``CaseErrors`` with all that is wrong, each with its place.
    public init(bytes: [UInt8], path: String, overrides: [String] = []) throws(CaseErrors) {
        try self.init(CaseText(path: path, bytes: bytes), overrides: overrides)
    }

    private init(_ source: CaseText, overrides: [String]) throws(CaseErrors) {
        var template = try CaseTemplate(source)
        for argument in overrides { try template.apply(CaseOverride(argument)) }
        try self.init(template, overrides: overrides)
    }

    /// The name of the first text taken from another file that is not what it was; nil when all are.
    func attachment(differingFrom text: (_ name: String) -> String?) -> String? {
        attachments.first { $0.text != text($0.name) }?.name
    }

    /// Reads the keys of a template to which the overrides were applied.
    init(_ template: CaseTemplate, overrides: [String]) throws(CaseErrors) {
        path = template.source.path
        text = template.source.text
        self.overrides = overrides
        let root = template.root
        guard case .map(let entries) = root.content else { throw CaseErrors(root.location, "expected a map of keys") }
        let context = SchemaContext(
            knownKeys: CaseModels.knownKeys(ofModelNamed: template.modelName), files: template.files)
        let reader = KeyReader(context: context, path: "", schemaPath: "", entries: entries, location: root.location)
        let header = CaseHeader(reader)
        guard let type = CaseModels.model(named: header.model) else {
            // Which other keys there are depends on the model.
            reader.finish(misspeltOnly: true)
            throw CaseErrors(context.problems.inFileOrder)
        }
        let model = type.init(reader)
        reader.finish()
        let problems = context.problems
        if !problems.isEmpty { throw CaseErrors(problems.inFileOrder) }
        title = header.title
        self.model = model
        extrapolations = context.extrapolations
        laws = context.laws
        attachments = context.attachments
        resolvedTree = .map(reader.resolved)
        sizePlace = type.resolutionKeys.lazy.compactMap { entries.node(at: $0)?.location }.first ?? root.location
    }
}

extension [CaseProblem] {
    /// Problems of the file first, from its top to its end, then those of `--set`.
    var inFileOrder: [CaseProblem] {
        enumerated()
            .map { index, problem in
                if case .file(_, let line, let column) = problem.location { return (line, column, index, problem) }
                return (Int.max, 0, index, problem)
            }
            .sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }
            .map(\.3)
    }
}
