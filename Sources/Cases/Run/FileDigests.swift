import FieldIO
import Foundation
import SystemFiles

/// digests.sha256 of a run that has ended: a line for each of its files, as `sha256sum` writes and checks it.
struct FileDigests {
    /// Name of a file and its digest, in hexadecimal digits.
    let entries: [(name: String, digest: String)]

    /// The digests of files as they are now.
    ///
    /// - Throws: `SystemFileError` when one cannot be read.
    init(of names: [String], in directory: String) throws(SystemFileError) {
        var entries: [(String, String)] = []
        for name in names {
            entries.append((name, SHA256Digest.text(try SHA256Digest.ofFile("\(directory)/\(name)"))))
        }
        self.entries = entries
    }

    /// The lines of a file.
    var text: String { entries.map { "\($0.digest)  \($0.name)\n" }.joined() }

    /// What a file says that was written; nil when it is not such a file.
    init?(parsing text: String) {
        var entries: [(String, String)] = []
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "  ", maxSplits: 1)
            guard parts.count == 2, parts[0].utf8.count == 64, !parts[1].contains("/") else { return nil }
            entries.append((String(parts[1]), String(parts[0])))
        }
        if entries.isEmpty || !text.hasSuffix("\n") { return nil }
        self.entries = entries
    }

    /// The files that are not there, or not as they were, each in one sentence.
    func damages(in directory: String) -> [String] {
        entries.compactMap { name, digest in
            let path = "\(directory)/\(name)"
            do throws(SystemFileError) {
                let found = SHA256Digest.text(try SHA256Digest.ofFile(path))
                return found == digest ? nil : "\(path): the file is not as the run left it: its digest is wrong"
            } catch { return "\(error)" }
        }
    }
}
