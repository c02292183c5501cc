import ArgumentParser
import Cases
import Materials

struct MaterialsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "materials", abstract: "List the materials that come with Mesolith.",
        discussion: """
            `describe material li-mg` shows every value of one with its unit, range, source
            and confidence; with --file it prints the file, to start one of your own.
            """)

    func run() throws {
        do {
            for name in MaterialLibrary.names { print(MaterialDescription(of: try MaterialRecord(name)).summary()) }
        } catch {
            throw ExitStatus.report(error)
        }
    }
}
