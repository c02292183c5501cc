import Foundation
import Materials
import Quantities

/// A material file: one of the library's, by its name, or a user's own, by its path.
struct MaterialFile: Sendable {
    /// The material's name, such as `li-mg`.
    let name: String
    /// The file for messages: a path, or the library's name for it.
    let path: String
    /// The text, verbatim.
    let text: String
    /// The keys.
    let root: CaseNode

    /// How files of the library are named in messages.
    static func libraryPath(of fileName: String) -> String { "library/\(fileName)" }

    /// Reads a material by its name in the library, or by its path where that ends with `.yaml`.
    ///
    /// - Parameter folder: where a relative path begins; nil for the current directory.
    /// - Throws: ``CaseErrors`` when there is none, or it is not YAML.
    init(_ reference: String, from folder: String? = nil, askedAt location: SourceLocation) throws(CaseErrors) {
        let source: CaseText
        if reference.hasSuffix(".yaml") || reference.hasSuffix(".yml") {
            let path = Self.resolve(reference, from: folder)
            guard FileManager.default.fileExists(atPath: path) else {
                throw CaseErrors(
                    location, "there is no material file `\(path)`; \(CaseText.Document.materialFile.advice)")
            }
            source = try CaseText(reading: path, as: .materialFile)
            name = String((path as NSString).lastPathComponent.prefix { $0 != "." })
        } else if let file = MaterialLibrary.file(named: "\(reference).yaml") {
            source = try CaseText(path: Self.libraryPath(of: file.name), bytes: file.bytes, as: .materialFile)
            name = reference
        } else {
            let hint = closestMatch(to: reference, among: MaterialLibrary.names).map { "did you mean `\($0)`?" }
            throw CaseErrors(
                location,
                "there is no material \(quoted(reference)), "
                    + (hint ?? "expected one that `mesolith materials` lists, or the path of a .yaml file"))
        }
        path = source.path
        text = source.text
        root = try source.tree()
    }

    /// The bytes of a thermodynamic database and its name in messages: a file as seen from a folder or, where there is none, one
    /// of the library.
    ///
    /// - Throws: `DatabaseError` when there is neither, or it is too large.
    static func bytes(
        ofDatabase name: String, from folder: String?
    ) throws(DatabaseError) -> (bytes: [UInt8], path: String) {
        let path = resolve(name, from: folder)
        if let shipped = MaterialLibrary.file(named: name), !FileManager.default.fileExists(atPath: path) {
            return (shipped.bytes, libraryPath(of: name))
        }
        let limit = CaseText.largestSize
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: limit + 1) else {
            throw DatabaseError(
                path: path, line: 0, "there is no thermodynamic database `\(path)` that can be read; give its path")
        }
        if data.count > limit {
            throw DatabaseError(path: path, line: 0, "`\(path)` is larger than \(limit >> 20) MiB")
        }
        return (Array(data), path)
    }

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
