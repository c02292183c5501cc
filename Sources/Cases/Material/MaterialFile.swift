import Foundation
import Materials
import Quantities
import SystemFiles

/// A material file: one of the library's, by its name, or a user's own, by its path.
struct MaterialFile: Sendable {
    /// The material's name, such as `li-mg`.
    let name: String
    /// The file for messages: a path, or the library's name for it.
    let path: String
    /// What names the file from anywhere: a name of the library, or an absolute path.
    let reference: String
    /// The text, verbatim.
    let text: String
    /// The keys.
    let root: CaseNode

    /// Reads a material by its name in the library, or by its path where that ends with `.yaml`.
    ///
    /// - Parameter folder: where a relative path begins; nil for the current directory.
    /// - Throws: ``CaseErrors`` when there is none, or it is not YAML.
    init(_ reference: String, from folder: String? = nil, askedAt location: SourceLocation) throws(CaseErrors) {
        if let shipped = Self.library[reference] {
            self = shipped
            return
        }
        guard reference.hasSuffix(".yaml") || reference.hasSuffix(".yml") else {
            let hint = closestMatch(to: reference, among: MaterialLibrary.names).map { "did you mean `\($0)`?" }
            throw CaseErrors(
                location,
                "there is no material \(quoted(reference)), "
                    + (hint ?? "expected one that `mesolith materials` lists, or the path of a .yaml file"))
        }
        let path = Self.resolve(reference, from: folder)
        guard FileManager.default.fileExists(atPath: path) else {
            throw CaseErrors(location, "there is no material file `\(path)`; \(CaseText.Document.materialFile.advice)")
        }
        try self.init(
            CaseText(reading: path, as: .materialFile), name: Self.name(of: path), reference: Self.absolute(path))
    }

    /// Takes the bytes of a material file.
    ///
    /// - Throws: ``CaseErrors`` when it is not YAML.
    init(bytes: [UInt8], path: String) throws(CaseErrors) {
        try self.init(
            CaseText(path: path, bytes: bytes, as: .materialFile), name: Self.name(of: path),
            reference: Self.absolute(path))
    }

    private static func name(of path: String) -> String {
        String((path as NSString).lastPathComponent.prefix { $0 != "." })
    }

    private init(_ source: CaseText, name: String, reference: String) throws(CaseErrors) {
        self.name = name
        self.reference = reference
        path = source.path
        text = source.text
        root = try source.tree()
    }

    /// The materials of the library by their names, each read once. One that is no YAML would be missing; a test reads them all.
    private static let library: [String: MaterialFile] = {
        var files: [String: MaterialFile] = [:]
        for name in MaterialLibrary.names {
            guard let file = MaterialLibrary.file(named: "\(name).yaml"),
                let text = try? CaseText(path: libraryPath(of: file.name), bytes: file.bytes, as: .materialFile)
            else { continue }
            files[name] = try? MaterialFile(text, name: name, reference: name)
        }
        return files
    }()

    /// How files of the library are named in messages.
    static func libraryPath(of fileName: String) -> String { "library:\(fileName)" }

    /// Whether a file of that name in messages is one of the library.
    static func isOfLibrary(_ path: String) -> Bool { path.hasPrefix(libraryPath(of: "")) }

    /// The bytes of a thermodynamic database and its name in messages.
    ///
    /// - Parameter namer: the file that names it. A file of the library means one of the library; any other a path as seen
    ///   from its folder or, where there is no such file, one of the library.
    /// - Throws: `DatabaseError` when there is neither, or it is too large.
    static func bytes(
        ofDatabase name: String, namedIn namer: SourceLocation
    ) throws(DatabaseError) -> (bytes: [UInt8], path: String) {
        let path = resolve(name, from: namer.folder)
        let isInLibrary = namer.file.map(isOfLibrary) ?? false
        if let shipped = MaterialLibrary.file(named: name),
            isInLibrary || !FileManager.default.fileExists(atPath: path)
        {
            return (shipped.bytes, libraryPath(of: name))
        }
        let limit = ThermodynamicDatabase.largestSize
        do throws(InputFile.Problem) {
            return (try InputFile.bytes(of: path, atMost: limit), path)
        } catch .tooLarge {
            throw DatabaseError(path: path, line: 0, "`\(path)` is larger than \(limit >> 20) MiB")
        } catch {
            throw DatabaseError(
                path: path, line: 0,
                "there is no thermodynamic database `\(path)` that can be read: it \(error.words); give the path of one"
            )
        }
    }

    /// The path from the root of the file system.
    static func absolute(_ path: String) -> String { URL(filePath: path).standardizedFileURL.path }

    /// A path as seen from a folder.
    static func resolve(_ path: String, from folder: String?) -> String {
        guard let folder, !folder.isEmpty, !path.hasPrefix("/") else { return path }
        return "\(folder)/\(path)"
    }
}

/// The material's keys with those of a case put over them.
///
/// Maps are joined key by key, anything else is replaced. A number with its notes (a map that holds `value`) is replaced as a
/// whole, so that no value gets the source of another.
func merged(_ base: [CaseNode.Entry], with overrides: [CaseNode.Entry]) -> [CaseNode.Entry] {
    var entries = base
    for override in overrides {
        guard let index = entries.firstIndex(where: { $0.key == override.key }) else {
            entries.append(override)
            continue
        }
        if case .map(let lower) = entries[index].value.content, case .map(let upper) = override.value.content,
            !(lower + upper).contains(where: { $0.key == "value" })
        {
            var joined = override
            joined.value.content = .map(merged(lower, with: upper))
            entries[index] = joined
        } else {
            entries[index] = override
        }
    }
    return entries
}
