/// What the readers of one case share: the problems found, the keys declared, and where each path stands.
final class SchemaContext {
    /// Problems so far, but for missing keys that a misspelt or misplaced key explains.
    var problems: [CaseProblem] {
        found.filter { $0.missingKey.map { !explained.contains($0) } ?? true }.map(\.problem)
    }
    /// Keys declared so far, in order, each once.
    private(set) var declarations: [KeyDeclaration] = []
    /// Where each path of the case stands in the file.
    private(set) var places: [String: SourceLocation] = [:]
    /// The material file that is being read.
    struct MaterialScope {
        /// Its path, by which values of a case put over it are told apart.
        let file: String
        /// Whether all of its laws are read, or only those that a case uses.
        let readsAll: Bool
    }

    /// Whether the keys being described are those of a material within a case: its file gives them, and their sources.
    var describesMaterialOfCase = false
    /// The material that is being read; nil outside of one.
    var material: MaterialScope?
    /// The laws of materials read so far, in order.
    var laws: [MaterialLaw] = []
    /// The numbers of materials read so far, in order.
    var parameters: [MaterialParameter] = []
    /// Texts that the case takes from other files, for provenance.
    var attachments: [(name: String, text: String)] = []
    /// Where the case leaves the range for which a law is stated, and allows it.
    var extrapolations: [String] = []
    /// What kind of file is read.
    let document: CaseText.Document
    private let knownKeys: [String: [KeyDeclaration]]
    private let children: [String: KeyDeclaration]
    private var found: [(problem: CaseProblem, missingKey: String?)] = []
    private var explained: Set<String> = []
    private var declared: Set<String> = []

    /// A context that knows the keys of all models; none while they are being collected.
    init(knownKeys: [KeyDeclaration] = [], document: CaseText.Document = .caseFile) {
        self.document = document
        self.knownKeys = Dictionary(grouping: knownKeys, by: \.name)
        children = Dictionary(knownKeys.map { ($0.parent, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The known keys of a name, wherever they belong.
    func keys(named name: String) -> [KeyDeclaration] { knownKeys[name] ?? [] }

    /// The first of the known keys that a section holds.
    func firstKey(in section: String) -> KeyDeclaration? { children[section] }

    func report(_ location: SourceLocation, _ message: String) {
        found.append((CaseProblem(location, message), nil))
    }

    /// Notes that a key is not there, which another problem may explain.
    func reportMissing(_ key: String, _ location: SourceLocation, _ message: String) {
        found.append((CaseProblem(location, message), key))
    }

    /// Notes that a problem already reported is why a key is missing.
    func explain(_ key: String) { explained.insert(key) }

    func declare(_ declaration: KeyDeclaration) {
        if declared.insert(declaration.path).inserted { declarations.append(declaration) }
    }

    func remember(_ location: SourceLocation, of path: String) { places[path] = location }
}
