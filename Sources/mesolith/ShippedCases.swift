import Foundation

/// The cases that come with Mesolith: `cases` beside the sources of a build, or `share/mesolith/cases` of an installation.
struct ShippedCases {
    let directory: String

    /// The cases next to this executable; nil when there are none.
    static func find() -> ShippedCases? {
        let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        var place = executable.deletingLastPathComponent()
        let files = FileManager.default
        for _ in 0..<6 {
            let candidates = [
                (place.appending(path: "cases"), place.appending(path: "Package.swift")),
                (place.appending(path: "share/mesolith/cases"), place.appending(path: "share/mesolith/cases")),
            ]
            for (cases, witness) in candidates
            where files.fileExists(atPath: cases.path) && files.fileExists(atPath: witness.path) {
                return ShippedCases(directory: cases.path)
            }
            place.deleteLastPathComponent()
        }
        return nil
    }

    /// Names of the cases, without the ending.
    var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// The text of a case.
    func text(of name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name).yaml"))
    }
}
