import Cases

/// The command that solves one point: that of any run, which a user can repeat.
public struct PointCommand: Sendable {
    /// Its arguments, without the program.
    public let arguments: [String]
    /// The directory of the run.
    public let runPath: String

    /// The command for a point of a study.
    public init(for point: Int, of study: Study, in directory: StudyDirectory) {
        runPath = directory.runPath(of: point)
        arguments =
            ["run", study.casePath] + study.overrides(of: point).flatMap { ["--set", $0] }
            + ["--output", runPath, "--overwrite", "--json"]
    }

    /// The command as a user would type it.
    public var text: String { (["mesolith"] + arguments).map(\.shellWord).joined(separator: " ") }
}
