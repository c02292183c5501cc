import Formulas
import Foundation
import SystemFiles

/// A thermodynamic database file (TDB): Gibbs energies of phases as assessed by the Calphad method.
///
/// Read are ELEMENT, SPECIES, FUNCTION, PHASE, CONSTITUENT and PARAMETER; keywords may be abbreviated and are not
/// case-sensitive, `$` starts a comment, `!` ends a command. Keywords without a bearing on Gibbs energies at normal pressure
/// (references, type definitions, defaults) are passed over. A database of many components is accepted as a whole; what of it
/// cannot be used is only refused when a binary needs it. The model is the compound energy formalism (M. Hillert, J. Alloys
/// Compd. 320 (2001) 161) with Redlich-Kister interactions.
public struct ThermodynamicDatabase: Sendable, Hashable {
    /// The largest file that is read, bytes.
    public static let largestSize = 4 << 20

    /// The name of the file, for messages.
    public let path: String
    /// The elements, sorted, without vacancies and electrons.
    public let elements: [String]
    /// The names of the phases, in the order of the file.
    public var phases: [String] { entries.map(\.name) }

    let entries: [DatabasePhase]
    let species: [String: Set<String>]
    let parameters: [String: [DatabaseParameter]]
    let functions: FunctionTable

    /// Reads the text of a database; `path` is its name in messages.
    ///
    /// - Throws: ``DatabaseError`` with the line of what is wrong.
    public init(text: String, path: String) throws(DatabaseError) {
        try self.init(bytes: Array(text.utf8), path: path)
    }

    /// Reads a database file.
    ///
    /// - Throws: ``DatabaseError`` when there is no such file, or with the line of what is wrong in it.
    public init(contentsOf url: URL) throws(DatabaseError) {
        let path = url.path(percentEncoded: false)
        let bytes: [UInt8]
        do throws(InputFile.Problem) {
            bytes = try InputFile.bytes(of: path, atMost: Self.largestSize)
        } catch {
            throw DatabaseError(path: path, line: 0, "the file cannot be read: it \(error.words)")
        }
        try self.init(bytes: bytes, path: path)
    }

    /// Reads the bytes of a database file; `path` is its name in messages. Bytes that are not UTF-8 may stand in comments.
    ///
    /// - Throws: ``DatabaseError`` with the line of what is wrong.
    public init(bytes: [UInt8], path: String) throws(DatabaseError) {
        let reader = try DatabaseReader(bytes, path: path)
        self.path = path
        elements = reader.elements.subtracting(["VA", "/-"]).sorted()
        entries = reader.phases
        species = reader.species
        functions = reader.functions
        parameters = Dictionary(
            grouping: reader.parameters.values.sorted { ($0.line, $0.function.name) < ($1.line, $1.function.name) },
            by: \.key.phase)
    }

    /// COST 507 for lithium and magnesium: liquid, fcc, bcc and hcp solutions.
    ///
    /// I. Ansara, A. T. Dinsdale, M. H. Rand (eds.), COST 507, Thermochemical database for light metal alloys, vol. 2,
    /// EUR 18499, 1998; Li-Mg after T. G. Chart; pure elements after A. T. Dinsdale, CALPHAD 15 (1991) 317.
    ///
    /// - Throws: ``DatabaseError`` when the library does not hold it.
    public static func lithiumMagnesium() throws(DatabaseError) -> ThermodynamicDatabase {
        let name = "cost507-li-mg.tdb"
        guard let file = MaterialLibrary.file(named: name) else {
            throw DatabaseError(path: name, line: 0, "the file is not in the library")
        }
        return try ThermodynamicDatabase(bytes: file.bytes, path: name)
    }
}
