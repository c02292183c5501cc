import ArgumentParser
import Foundation
import Quantities

struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Start a case file from one that comes with Mesolith.")

    @Argument(help: "The file to write; it must not exist.")
    var path: String?

    @Option(name: [.long], help: ArgumentHelp("The shipped case to start from.", valueName: "name"))
    var from = "li-mg-transport"

    @Flag(help: "List the shipped cases.")
    var list = false

    func validate() throws {
        if path == nil && !list { throw ValidationError("give the file to write, or --list to see the shipped cases") }
    }

    func run() throws {
        guard let shipped = ShippedCases.find() else {
            standardError(
                "error: the shipped cases are not beside this executable; run it from its package or installation")
            throw ExitCode(ExitStatus.missingDependency.rawValue)
        }
        if list { return print(shipped.names.joined(separator: "\n")) }
        guard let path else { return }
        let name = from.hasSuffix(".yaml") ? String(from.dropLast(5)) : from
        guard shipped.names.contains(name) else {
            let hint = closestMatch(to: name, among: shipped.names).map { ", did you mean `\($0)`?" }
            standardError("error: there is no shipped case `\(from)`\(hint ?? "; `mesolith new --list` lists them")")
            throw ExitCode(ExitStatus.badCase.rawValue)
        }
        do {
            try shipped.text(of: name).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch {
            let reason =
                FileManager.default.fileExists(atPath: path)
                ? "it exists already; give another name" : "check that its directory exists and can be written"
            standardError("error: \(path): the case file cannot be written: \(reason)")
            throw ExitCode(ExitStatus.badCase.rawValue)
        }
        print("\(path) written from \(name); run it with: mesolith run \(path)")
    }
}
