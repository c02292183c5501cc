import BuildInfo
import FieldIO
import Foundation

/// What made a results file: build, case and machine.
enum Provenance {
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
            ("host", hostName()),
            ("cpu", cpuName()),
            ("threads", "\(runCase.model.threads)"),
            ("date", RunLog.now()),
        ] + runCase.attachments
    }

    private static func hostName() -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func cpuName() -> String {
        guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return "unknown" }
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last.map { String($0).trimmed } ?? "unknown"
    }
}
