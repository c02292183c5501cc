/// The keys of a study file, explained for a terminal and for the reference page.
public struct StudySchema: Sendable {
    /// Every key that a study file can have, in its order.
    public let keys = Self.all

    private static let summary = "study: a base case and axes along which its keys vary: many points, one table"

    /// The schema.
    public init() {}

    static let all: [KeyDeclaration] = {
        let context = SchemaContext(document: .studyFile)
        let reader = KeyReader(
            context: context, path: "", schemaPath: "", entries: nil, location: .file(path: "", line: 1, column: 1))
        // Where keys are described no table is asked for.
        _ = StudyKeys(reader) { (path: String, place: SourceLocation) throws(CaseErrors) in
            try CSVTable(reading: path, askedAt: place)
        }
        return context.declarations
    }()

    static let known = KnownKeys(all)

    /// What a study is, in a line.
    public func summary() -> String { "\(Self.summary)." }

    /// Plain text of at most 100 columns.
    public func text() -> String { ([summary(), ""] + KeyTable(keys: keys).lines()).joined(separator: "\n") }

    /// A table for the reference page.
    public func markdown() -> String {
        (["## study", "", "\(Self.summary.dropFirst("study: ".count).capitalizedFirst).", ""]
            + KeyTable(keys: keys).markdown()).joined(separator: "\n")
    }
}

extension Substring {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
