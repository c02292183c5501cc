/// What the readers of one case share: the problems found, the keys declared, and where each path stands.
final class SchemaContext {
    /// Problems so far.
    private(set) var problems: [CaseProblem] = []
    /// Keys declared so far, in order, each once.
    private(set) var declarations: [KeyDeclaration] = []
    /// Where each path of the case stands in the file.
    private(set) var places: [String: SourceLocation] = [:]
    /// The keys of all models, to tell a misplaced key from an unknown one; empty while they are being collected.
    let knownKeys: [KeyDeclaration]
    private var declared: Set<String> = []

    init(knownKeys: [KeyDeclaration]) { self.knownKeys = knownKeys }

    func report(_ location: SourceLocation, _ message: String) { problems.append(CaseProblem(location, message)) }

    func declare(_ declaration: KeyDeclaration) {
        if declared.insert(declaration.path).inserted { declarations.append(declaration) }
    }

    func remember(_ location: SourceLocation, of path: String) { places[path] = location }
}
