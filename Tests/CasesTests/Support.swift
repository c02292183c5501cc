import Cases
import Foundation
import Models
import Testing

/// A small case that is right, from which wrong ones are made.
enum SampleCase {
    static let text = """
        model: transport
        layer:
          thickness: 5 um
        diffusivity: 6e-11 cm^2/s
        initial: 0 mmol/cm^3
        limits:
          saturation: 69.6 mmol/cm^3
        protocol:
          - step: plate
            current_density: 1 mA/cm^2
            until:
              event: surface_saturates

        """

    /// Ten lines that stand for 9^9 values.
    static let billionLaughs =
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + zip("abcdefgh", "bcdefghi")
        .map { "\($1): &\($1) [\(Array(repeating: "*\($0)", count: 9).joined(separator: ","))]\n" }
        .joined()

    /// The sample with overrides.
    static func read(set overrides: String...) throws -> Case {
        try Case(bytes: Array(text.utf8), path: "case.yaml", overrides: overrides)
    }

    /// The parameters of the sample with overrides.
    static func parameters(set overrides: String...) throws -> TransportParameters {
        let sample = try Case(bytes: Array(text.utf8), path: "case.yaml", overrides: overrides)
        return try #require(sample.model as? TransportCase).parameters
    }
}

/// The cases that come with Mesolith.
enum ShippedCase {
    static let directory = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "cases").path

    static let paths: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(directory)/\($0)" }
    }()
}

/// A case file that is wrong, and all that must be said about it.
struct WrongCase: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let overrides: [String]
    /// The problems, `line:column: message` or `--set argument: message`.
    let problems: [String]

    var testDescription: String { name }

    init(_ name: String, text: String = SampleCase.text, set overrides: [String] = [], _ problems: String...) {
        self.name = name
        self.text = text
        self.overrides = overrides
        self.problems = problems
    }

    /// The sample case with the first occurrence of a part replaced.
    init(
        _ name: String, replacing part: String, with replacement: String, set overrides: [String] = [],
        _ problems: String...
    ) {
        self.name = name
        text = SampleCase.text.replacing(part, with: replacement, maxReplacements: 1)
        self.overrides = overrides
        self.problems = problems
    }
}

/// The problems of a file that must be wrong, as ``WrongCase`` writes them.
func problems<Value>(
    _ work: () throws -> Value, sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws -> [String] {
    let errors = try #require(throws: CaseErrors.self, sourceLocation: sourceLocation) { _ = try work() }
    return errors.problems.map { problem in
        switch problem.location {
        case .file(_, let line, let column): "\(line):\(column): \(problem.message)"
        case .override: "\(problem.location): \(problem.message)"
        }
    }
}
