import Cases
import Foundation
import Testing

/// A folder with a study, the sample case as `base.yaml` and whatever else a test needs; it goes with the test.
final class StudyFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "mesolith-study-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try write(SampleCase.text, to: "base.yaml")
        for (name, text) in files { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
    }

    /// Reads a study with this text.
    func study(_ text: String) throws -> Study {
        try write(text, to: "study.yaml")
        return try Study(path: "\(path)/study.yaml")
    }

    /// Problems with their places, without the folder.
    func problems(_ work: () throws -> Void) throws -> [String] {
        let errors = try #require(throws: CaseErrors.self) { try work() }
        return errors.problems.map { "\($0.location): \($0.message)".replacing("\(path)/", with: "") }
    }
}

/// A study of the sample case with these axes.
func sampleStudy(design: String = "grid", _ axes: String...) -> String {
    "case: base.yaml\ndesign: \(design)\naxes:\n" + axes.map { "  - \($0)\n" }.joined()
}

/// A study that is wrong, and all that must be said about it.
struct WrongStudy: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    var files: [String: String] = [:]
    /// The problems, `file:line:column: message`.
    let problems: [String]

    var testDescription: String { name }

    init(_ name: String, _ text: String, files: [String: String] = [:], _ problems: String...) {
        self.name = name
        self.text = text
        self.files = files
        self.problems = problems
    }
}
