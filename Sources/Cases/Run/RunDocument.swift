import BuildInfo
import Foundation
import Models

/// What `mesolith run --json` prints of a run that came to its end or was interrupted; values in SI units.
public struct RunDocument: Codable, Sendable {
    /// A number with its unit.
    public struct Value: Codable, Sendable, Hashable {
        /// The number.
        public let value: Double
        /// SI unit as UDUNITS text.
        public let unit: String
        /// Estimate of the numerical error, in the same unit; nil where none was made.
        public let error: Double?

        /// A number in a unit.
        public init(_ value: Double, _ unit: String, error: Double? = nil) {
            (self.value, self.unit, self.error) = (value, unit, error)
        }
    }

    /// A law of the material that the case uses.
    public struct Law: Codable, Sendable, Hashable {
        /// Its key in a material file.
        public let key: String
        /// How well it is known; nil when the case gives it.
        public let confidence: String?
        /// Where it is from.
        public let source: String
    }

    /// A protocol step.
    public struct Step: Codable, Sendable, Hashable {
        /// What the step is called: `plate`, `strip`, `rest`, or a model's own word.
        public let step: String
        /// What ended it.
        public let end: String
        /// How long it took.
        public let duration: Value
        /// Charge passed in it, positive into the electrode.
        public let charge: Value
        /// Fraction of the lithium it could move that it did move; nil where a model has none.
        public let utilisation: Value?
    }

    /// `finished` or `interrupted`.
    public let status: String
    /// Name of the model.
    public let model: String
    /// Title of the case.
    public let title: String?
    /// Path of the case as it was given.
    public let casePath: String
    /// Directory of the run.
    public let directory: String
    /// Path of its results.
    public let resultsFile: String
    /// The results by name.
    public let results: [String: Value]
    /// Why the results carry no error although the case asks for it; nil when they do or it does not ask.
    public let missingErrorEstimate: String?
    /// The protocol steps, in order.
    public let steps: [Step]
    /// The laws of the material that the case uses.
    public let laws: [Law]
    /// Where the case leaves the range for which a law is stated.
    public let extrapolations: [String]
    /// Wall time from the first to the last byte of the results.
    public let wallTime: Value
    /// Processor time of all threads in that time.
    public let cpuTime: Value
    /// Version of Mesolith.
    public let version: String
    /// Commit that it was built from.
    public let gitCommit: String

    private enum CodingKeys: String, CodingKey {
        case status, model, title, directory, results, steps, laws, extrapolations, version
        case casePath = "case"
        case resultsFile = "results_file"
        case missingErrorEstimate = "missing_error_estimate"
        case wallTime = "wall_time"
        case cpuTime = "cpu_time"
        case gitCommit = "git_commit"
    }

    /// What there is to say of a run of a case.
    public init(of runCase: Case, run: CaseRun, directory: RunDirectory) {
        status = run.report.finished ? "finished" : "interrupted"
        model = type(of: runCase.model).name
        title = runCase.title
        casePath = runCase.path
        self.directory = directory.path
        resultsFile = directory.resultsPath
        results = Dictionary(
            uniqueKeysWithValues: run.report.results.map {
                ($0.quantity.name, Value($0.value, $0.quantity.units, error: $0.errorEstimate))
            })
        missingErrorEstimate = run.missingErrorEstimate
        steps = run.report.steps.map {
            Step(
                step: $0.name, end: $0.end, duration: Value($0.duration, "s"),
                charge: Value($0.charge, "C m-2"), utilisation: $0.utilisation.map { Value($0, "1") })
        }
        laws = runCase.laws.map { Law(key: $0.path, confidence: $0.confidence?.rawValue, source: $0.source) }
        extrapolations = runCase.extrapolations
        wallTime = Value(run.wallTime, "s")
        cpuTime = Value(run.cpuTime, "s")
        version = BuildInfo.version
        gitCommit = BuildInfo.gitCommit
    }

    /// One JSON object on one line.
    ///
    /// - Throws: `EncodingError` for a number that is not finite.
    public func json() throws -> String { try jsonLine(of: self) }
}

/// What `mesolith run --json` prints of a case that is wrong or cannot be solved.
public struct RunFailureDocument: Codable, Sendable {
    /// One thing that is wrong.
    public struct Problem: Codable, Sendable, Hashable {
        /// Where: a place in a file, or the directory of the run.
        public let location: String
        /// The sentence for the user.
        public let message: String
    }

    /// `bad_case` when nothing was run, else `failed`.
    public let status: String
    /// All that is wrong.
    public let errors: [Problem]
    /// Directory of the run; nil when there is none.
    public let directory: String?

    /// What there is to say of an error.
    public init(of error: any Error, directory: RunDirectory?) {
        if let errors = error as? CaseErrors {
            status = "bad_case"
            self.errors = errors.problems.map { Problem(location: "\($0.location)", message: $0.message) }
        } else {
            status = "failed"
            errors = [Problem(location: directory?.path ?? "", message: "\(error)")]
        }
        self.directory = directory?.path
    }

    /// One JSON object on one line.
    public func json() -> String { (try? jsonLine(of: self)) ?? #"{"status":"failed"}"# }
}

/// One JSON object on one line, its keys sorted.
///
/// - Throws: `EncodingError` for a number that is not finite.
public func jsonLine(of document: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
}
