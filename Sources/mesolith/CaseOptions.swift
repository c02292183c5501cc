import ArgumentParser
import Cases

/// The arguments that say which case is meant.
struct CaseOptions: ParsableArguments {
    @Argument(help: "The case file.")
    var casePath: String

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp(
            "Replace or add a value, as in --set 'protocol.0.current_density=0.5 mA/cm^2'; may be given several times.",
            valueName: "path=value"))
    var overrides: [String] = []

    /// Reads and checks the case.
    func load() throws -> Case {
        let loaded = try Case(path: casePath, overrides: overrides)
        try loaded.requireMemory()
        return loaded
    }
}
