import ArgumentParser
import BuildInfo

@main
struct Mesolith: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mesolith",
        abstract: "Physics of lithium and lithium-magnesium anodes in solid-state batteries.",
        discussion: """
            A case file says what to compute; `run` computes it into a directory with one
            results.h5, which opens in ParaView, xarray and h5py. Every key of a case
            stands in `mesolith describe transport`.

            Begin with:  mesolith new my-case.yaml
                         mesolith run my-case.yaml

            A study file says how a case is varied; `sweep` computes all its points into
            one table, study.h5.

            \(ExitStatus.help)
            """,
        version: "mesolith \(BuildInfo.version) (\(BuildInfo.gitCommit), \(BuildInfo.configuration))",
        subcommands: [
            NewCommand.self, CheckCommand.self, RunCommand.self, VerifyCommand.self, SweepCommand.self,
            CollectCommand.self, DescribeCommand.self, MaterialsCommand.self, TabulateCommand.self,
        ])
}
