import Materials

/// A material read from its file, with everything that is known of its numbers.
public struct MaterialRecord: Sendable {
    /// Its name, such as `li-mg`.
    public let name: String
    /// Its file: a path, or `library:...` for one that comes with Mesolith.
    public let path: String
    /// The file's text, verbatim.
    public let text: String
    /// The text of its thermodynamic database, verbatim; nil when it names none.
    public let databaseText: String?
    /// What it is.
    public let title: String
    /// The laws.
    public let material: Material
    /// The laws with their sources.
    public let statements: [MaterialLaw]
    /// The numbers with all that is known of them, law by law.
    public let parameters: [MaterialParameter]
    /// The properties that the file holds.
    public let properties: [MaterialProperty]

    /// Reads a material by its name in the library, or by its path where that ends with `.yaml`.
    ///
    /// - Parameter overrides: values to put in their places, as in `flow.use=power_law`.
    /// - Throws: ``CaseErrors`` with all that is wrong with it.
    public init(_ reference: String, overrides: [String] = []) throws(CaseErrors) {
        let place = SourceLocation.file(path: reference, line: 1, column: 1)
        try self.init(MaterialFile(reference, askedAt: place), overrides: overrides)
    }

    /// Takes the bytes of a material file; files that it names are looked for beside `path`.
    ///
    /// - Throws: ``CaseErrors`` with all that is wrong with it.
    public init(bytes: [UInt8], path: String) throws(CaseErrors) {
        try self.init(MaterialFile(bytes: bytes, path: path), overrides: [])
    }

    private init(_ file: MaterialFile, overrides: [String]) throws(CaseErrors) {
        let place = SourceLocation.file(path: file.path, line: 1, column: 1)
        var root = file.root
        for argument in overrides { try CaseOverride(argument).apply(to: &root) }
        guard case .map(let entries) = root.content else { throw CaseErrors(place, "expected a map of keys") }
        let context = SchemaContext(knownKeys: MaterialKeys.known, document: .materialFile)
        context.material = SchemaContext.MaterialScope(file: file.path, key: "", readsAll: true)
        let reader = KeyReader(
            context: context, path: "", schemaPath: "", entries: entries, location: file.root.location)
        let keys = MaterialKeys(reader, properties: MaterialProperty.allCases)
        reader.finish()
        if !context.problems.isEmpty { throw CaseErrors(context.problems.inFileOrder) }
        name = file.name
        path = file.path
        text = file.text
        databaseText = context.attachments.first { $0.name == "thermodynamic_database" }?.text
        title = keys.title
        material = keys.material
        statements = context.laws
        parameters = context.parameters
        properties = MaterialProperty.allCases.filter { property in
            entries.contains { $0.key == property.rawValue }
        }
    }
}
