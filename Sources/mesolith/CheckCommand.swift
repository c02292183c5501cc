import ArgumentParser
import Cases

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say everything that is wrong with a case, without running it.")

    @OptionGroup var options: CaseOptions

    @Flag(help: "Print the case with every default filled in.")
    var resolved = false

    func run() throws {
        do {
            let checked = try options.load()
            print(
                resolved
                    ? checked.resolved : "\(options.casePath): no problems (model \(type(of: checked.model).name))",
                terminator: resolved ? "" : "\n")
        } catch {
            throw ExitStatus.report(error)
        }
    }
}
