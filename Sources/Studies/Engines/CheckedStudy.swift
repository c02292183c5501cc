import BuildInfo
import Cases
import Foundation
import SystemFiles

/// What the check of every point of a study told: that they are right, and whether they can be solved together.
///
/// It is kept in the study's directory, so that a study that goes on, or is shared among many tasks, is checked once.
public struct CheckedStudy: Codable, Sendable {
    /// What can solve points.
    public enum Engine: String, Codable, Sendable {
        /// A process for each.
        case general
        /// Many at once.
        case batched
    }

    /// Why the batched engine cannot solve every point, as the end of a sentence; nil when it can.
    public let whyNotBatched: String?
    private let version: String
    private let gitCommit: String

    private enum CodingKeys: String, CodingKey {
        case version
        case whyNotBatched = "why_not_batched"
        case gitCommit = "git_commit"
    }

    /// Points that a thread checks in one go.
    private static let length = 256

    private enum Finding: Sendable {
        case right
        case notBatched(String)
        case wrong(CaseErrors)
    }

    /// Checks every point of a study; nil when it was interrupted.
    ///
    /// - Parameters:
    ///   - jobs: threads.
    ///   - goesOn: asked about ten times a second; after false the check ends.
    /// - Throws: `CaseErrors` with what is wrong with points.
    public init?(_ study: Study, jobs: Int, goesOn: () -> Bool) throws {
        var (isInterrupted, wrong) = (false, CaseErrors?.none)
        let canBatch = study.model is any BatchedModel.Type
        var reason = canBatch ? nil : "the model `\(study.model.name)` is solved case by case"
        try Crew.run(count: (study.count + Self.length - 1) / Self.length, jobs: jobs) { piece in
            Self.check(piece * Self.length..<min(study.count, (piece + 1) * Self.length), of: study)
        } receive: { finding in
            switch finding {
            case .right: break
            case .notBatched(let why): reason = reason ?? why
            case .wrong(let errors): wrong = errors
            }
        } goesOn: {
            isInterrupted = !goesOn()
            return !isInterrupted && wrong == nil
        } stop: {
        }
        if let wrong {
            // The study says which points share a problem.
            try study.check()
            throw wrong
        }
        if isInterrupted { return nil }
        whyNotBatched = reason
        (version, gitCommit) = (BuildInfo.version, BuildInfo.gitCommit)
    }

    /// What an earlier check by this build left in a directory of the study; nil when there is none.
    public init?(keptIn directory: String) {
        guard let data = FileManager.default.contents(atPath: Self.path(in: directory)),
            let kept = try? JSONDecoder().decode(CheckedStudy.self, from: data),
            kept.version == BuildInfo.version, kept.gitCommit == BuildInfo.gitCommit
        else { return nil }
        self = kept
    }

    /// The engine for a choice of the user.
    ///
    /// - Throws: ``StudyProblem`` when the one that is asked for cannot solve every point.
    public func engine(for choice: StudyEngineChoice) throws(StudyProblem) -> Engine {
        if choice == .batched, let whyNotBatched {
            throw StudyProblem(
                "the batched engine cannot solve this study: \(whyNotBatched); take `--engine general`")
        }
        return choice == .general || whyNotBatched != nil ? .general : .batched
    }

    /// Keeps the finding in a directory of the study.
    ///
    /// - Throws: ``StudyProblem`` when it cannot be written.
    public func keep(in directory: String) throws(StudyProblem) {
        let path = Self.path(in: directory)
        guard let line = try? jsonLine(of: self) else { return }
        // Tasks of one study may begin together, each with a draft of its own.
        let draft = "\(path).\(Machine.host)-\(getpid())"
        try onFiles { () throws(SystemFileError) in
            do throws(SystemFileError) {
                let file = try SystemFile(draft, .replacing)
                try file.write(Array((line + "\n").utf8), at: 0)
                try file.synchronize()
                try SystemFile.rename(draft, to: path, in: directory)
            } catch {
                unlink(draft)
                throw error
            }
        }
    }

    private static func path(in directory: String) -> String { directory + "/checked.json" }

    private static func check(_ points: Range<Int>, of study: Study) -> Finding {
        var reason: String?
        for point in points {
            do {
                let model = try study.makeCase(of: point).model
                if reason == nil, let model = model as? any BatchedModel {
                    reason = model.whyNotBatched.map { "point \(point): \($0)" }
                }
            } catch {
                return .wrong(error)
            }
        }
        return reason.map { .notBatched($0) } ?? .right
    }
}
