import BuildInfo
import Checkpoints
import FieldIO
import Foundation
import Models
import SystemFiles

/// What a checkpoint holds besides the state of the model: whose it is, and how far the run is.
struct RunCheckpoint: Codable {
    /// A text of `/provenance`.
    struct Provenance: Codable {
        var name: String
        var text: String
    }

    /// Name of the run, the same in its journal.
    var run: String
    /// What the program was built from.
    var build = Self.thisBuild
    /// The processor that it ran on.
    var processor = Machine.processor
    /// The case with every default.
    var resolved: String
    /// How the results say that they came about.
    var provenance: [Provenance]
    /// When and how the run was resumed, a line each.
    var resumptions: [String] = []
    /// Reports of the case and of its coarser resolutions that are over.
    var reports: [RunReport] = []
    /// Time of the run, s.
    var time = 0.0
    /// Wall time so far, s.
    var wallTime = 0.0
    /// Processor time so far, s.
    var cpuTime = 0.0
    /// Up to where the journal belongs to it.
    var journal: RunJournal.Mark?

    /// A run that begins.
    init(of runCase: Case, commandLine: [String]) {
        run = UUID().uuidString
        resolved = runCase.resolved
        provenance = CaseProvenance.entries(of: runCase, commandLine: commandLine).map {
            Provenance(name: $0.name, text: $0.text)
        }
    }

    /// What this program was built from.
    static let thisBuild: String = {
        let build =
            "version \(BuildInfo.version), commit \(BuildInfo.gitCommit), \(BuildInfo.compiler), \(BuildInfo.configuration)"
        // Of one commit with changes there are many builds.
        guard BuildInfo.gitCommit.hasSuffix("-dirty") || BuildInfo.gitCommit == "unknown",
            let digest = try? SHA256Digest.ofFile("/proc/self/exe")
        else { return build }
        return build + ", program \(SHA256Digest.text(digest).prefix(12))"
    }()

    private static let name = "run"

    /// The bytes of the file.
    func bytes(with state: SavedState) throws(FieldIOError) -> [UInt8] {
        var state = state
        state.store(self, as: Self.name)
        return try CheckpointFile.bytes(of: state)
    }

    /// Reads a file.
    ///
    /// - Throws: `SystemFileError`, `FieldIOError` or `SavedState.Problem` when it is not whole.
    static func read(_ path: String) throws -> (checkpoint: RunCheckpoint, state: SavedState) {
        try read(try SystemFile.contents(of: path), path: path)
    }

    /// Takes the bytes of a file.
    ///
    /// - Throws: `FieldIOError` or `SavedState.Problem` when they are not whole.
    static func read(_ bytes: [UInt8], path: String) throws -> (checkpoint: RunCheckpoint, state: SavedState) {
        let state = try CheckpointFile.state(in: bytes, path: path)
        return (try state.record(name), state)
    }

    /// Why a case cannot go on from here; nil when it can.
    func refusal(of runCase: Case) -> String? {
        if let difference = ResolvedDifference.first(from: resolved, to: runCase.resolved) {
            return "it is of another case: \(difference)"
        }
        if let changed = runCase.attachment(differingFrom: { name in provenance.first { $0.name == name }?.text }) {
            return "it is of another case: the file behind `/provenance/\(changed)` has changed since"
        }
        if build != Self.thisBuild { return "it is of another build: it was \(build), and is \(Self.thisBuild)" }
        return nil
    }
}
