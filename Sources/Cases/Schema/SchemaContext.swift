/// What the readers of one case share: the problems found, the keys declared, and where each path stands.
final class SchemaContext {
    /// Problems so far, but for missing keys that a misspelt or misplaced key explains.
    var problems: [CaseProblem] {
        found.filter { $0.missingKey.map { !explained.contains($0) } ?? true }.map(\.problem)
    }
    /// Keys declared so far, in order, each once.
    private(set) var declarations: [KeyDeclaration] = []
    /// The material file that is being read.
    struct MaterialScope {
        /// Its path, by which values of a case put over it are told apart.
        let file: String
        /// The key of the case that names it; empty where a material is read by itself.
        let key: String
        /// Whether all of its laws are read, or only those that a case uses.
        let readsAll: Bool
    }

    /// Whether the keys being described are those of a material within a case: its file gives them, and their sources.
    var describesMaterialOfCase = false
    /// The material that is being read; nil outside of one.
    var material: MaterialScope?
    /// What is known from cases before of the materials read so far, by the keys that name them.
    var memories: [String: MaterialMemory] = [:]
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
    /// The keys that such a file can have.
    let knownKeys: KnownKeys
    /// The files that the case names.
    let files: CaseFiles
    private var found: [(problem: CaseProblem, missingKey: String?)] = []
    private var explained: Set<String> = []
    private var declared: Set<String> = []

    /// A context for reading one file; it knows no keys while they are being collected.
    init(
        knownKeys: KnownKeys = .none, document: CaseText.Document = .caseFile, files: CaseFiles = CaseFiles()
    ) {
        self.document = document
        self.knownKeys = knownKeys
        self.files = files
    }

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
}
