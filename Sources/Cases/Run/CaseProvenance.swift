import BuildInfo
import FieldIO
import Foundation

/// What made a results file: build, case and machine.
enum CaseProvenance {
    /// The names and texts of `/provenance` for a run of a case.
    static func entries(of runCase: Case, commandLine: [String]) -> [(name: String, text: String)] {
        [
            ("software_version", BuildInfo.version),
            ("git_commit", BuildInfo.gitCommit),
            ("compiler", BuildInfo.compiler),
            ("build", BuildInfo.configuration),
            ("libraries", "HDF5 \(HDF5Library.version)"),
            ("case_path", runCase.path),
            ("case_text", runCase.text),
            ("case_resolved", runCase.resolved),
            ("extrapolations", runCase.extrapolations.joined(separator: "\n")),
            ("overrides", runCase.overrides.joined(separator: "\n")),
            ("command_line", commandLine.map(\.shellWord).joined(separator: " ")),
            ("host", Machine.host),
            ("cpu", Machine.processor),
            ("threads", "\(runCase.model.threads)"),
            ("date", Machine.now()),
        ] + runCase.attachments
    }
}
