import Cases

/// The command that solves one point: that of any run, which a user can repeat.
public struct PointCommand: Sendable {
    /// Its arguments, without the program.
    public let arguments: [String]
    /// Those of the command that goes on with a run that was interrupted.
    public let resumingArguments: [String]
    /// The directory of the run.
    public let runPath: String

    /// The command for a point of a study.
    public init(for point: Int, of study: Study, in directory: StudyDirectory) {
        runPath = directory.runPath(of: point)
        let run =
            ["run", study.casePath] + study.overrides(of: point).flatMap { ["--set", $0] } + ["--output", runPath]
        arguments = run + ["--overwrite", "--json"]
        resumingArguments = run + ["--resume", "--json"]
    }

    /// The command as a user would type it.
    public var text: String { (["mesolith"] + arguments).map(\.shellWord).joined(separator: " ") }
}
