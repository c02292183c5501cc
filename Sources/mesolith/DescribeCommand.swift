import ArgumentParser
import Cases
import Quantities

struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Explain a model: every key of a case, and every result.")

    @Argument(help: "The model; without it, the models are listed.")
    var model: String?

    @Flag(help: "Write Markdown, as in docs/case-reference.md.")
    var markdown = false

    func run() throws {
        guard let model else {
            for type in CaseModels.all { print(ModelDescription(of: type).summary()) }
            return
        }
        guard let type = CaseModels.model(named: model) else {
            let names = CaseModels.all.map { $0.name }
            let hint = closestMatch(to: model, among: names).map { ", did you mean `\($0)`?" }
            standardError("error: there is no model `\(model)`\(hint ?? "; `mesolith describe` lists them")")
            throw ExitCode(ExitStatus.badCase.rawValue)
        }
        let description = ModelDescription(of: type)
        print(markdown ? description.markdown() : description.text())
    }
}
