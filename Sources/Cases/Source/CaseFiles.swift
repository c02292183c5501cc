import Materials
import Synchronization

/// The materials that cases name, each file read once: the points of a study share what is read.
final class CaseFiles: Sendable {
    private struct Read {
        var materials: [String: MaterialFile] = [:]
        var databases: [String: Database] = [:]
        var systems: [String: BinarySystem] = [:]
        var memories: [MaterialKey: MaterialMemory] = [:]
    }

    /// What a case says of a material, and what it uses of it.
    struct MaterialKey: Hashable {
        /// The key that names the material.
        let key: String
        /// The material of a case that names none.
        let fallback: String
        let properties: [MaterialProperty]
        let changes: CaseNode?
    }

    /// Most materials that are remembered; a study that varies the material itself would fill the memory with them.
    private static let mostMemories = 64

    /// A thermodynamic database and its text.
    struct Database: Sendable {
        /// Its path, or the library's name for it.
        let path: String
        let text: String
        let database: ThermodynamicDatabase
    }

    private let read = Mutex(Read())

    /// The material files and databases read so far: kind, path and text, in the order of their paths.
    var texts: [(kind: String, path: String, text: String)] {
        read.withLock { read in
            read.materials.values.map { ("material", $0.path, $0.text) }.sorted { $0.1 < $1.1 }
                + read.databases.values.map { ("database", $0.path, $0.text) }.sorted { $0.1 < $1.1 }
        }
    }

    /// A material, by its name in the library or its path as seen from the file that names it.
    ///
    /// - Throws: ``CaseErrors`` when there is none, or it is not YAML.
    func material(_ reference: String, namedIn place: SourceLocation) throws(CaseErrors) -> MaterialFile {
        let key = "\(place.folder ?? ""):\(reference)"
        if let known = read.withLock({ $0.materials[key] }) { return known }
        let file = try MaterialFile(reference, from: place.folder, askedAt: place)
        read.withLock { $0.materials[key] = file }
        return file
    }

    /// A thermodynamic database, by a name of the library or its path as seen from the file that names it.
    ///
    /// - Throws: `DatabaseError` when there is none, or it cannot be read.
    func database(_ name: String, namedIn place: SourceLocation) throws(DatabaseError) -> Database {
        let key = "\(place.file ?? ""):\(name)"
        if let known = read.withLock({ $0.databases[key] }) { return known }
        let file = try MaterialFile.bytes(ofDatabase: name, namedIn: place)
        let database = Database(
            path: file.path, text: String(decoding: file.bytes, as: UTF8.self),
            database: try ThermodynamicDatabase(bytes: file.bytes, path: file.path))
        read.withLock { $0.databases[key] = database }
        return database
    }

    /// The phases of lithium and a host in a database.
    ///
    /// - Throws: `DatabaseError` when the database does not have the elements.
    func system(of file: Database, lithium: String, host: String) throws(DatabaseError) -> BinarySystem {
        let key = "\(file.path):\(lithium):\(host)"
        if let known = read.withLock({ $0.systems[key] }) { return known }
        let system = try file.database.binary(lithium: lithium, host: host)
        read.withLock { $0.systems[key] = system }
        return system
    }

    /// A material that was read before in the same words.
    func memory(of key: MaterialKey) -> MaterialMemory? { read.withLock { $0.memories[key] } }

    /// Remembers a material with which nothing is wrong.
    func keep(_ memory: MaterialMemory, of key: MaterialKey) {
        read.withLock { if $0.memories.count < Self.mostMemories { $0.memories[key] = memory } }
    }
}
