import ArgumentParser
import Cases
import Materials
import Quantities

struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Explain a model or a material.",
        discussion: """
            describe                   the models
            describe transport         every key of a case of a model, and every result
            describe study             every key of a study file
            describe material          every key of a material file
            describe material li-mg    every value: unit, range, source and confidence
            """)

    @Argument(help: "A model, or one of the words `material` and `study`; without it, the models are listed.")
    var subject: String?

    @Argument(help: "A material's name, or the path of its .yaml file.")
    var material: String?

    @Flag(help: "Write Markdown, as in docs/case-reference.md and docs/materials.md.")
    var markdown = false

    @Flag(help: "Write one JSON object (materials only).")
    var json = false

    @Flag(help: "Write the file itself (materials only).")
    var file = false

    @Flag(help: "Write its thermodynamic database (materials only).")
    var database = false

    func validate() throws {
        if material != nil && subject != "material" {
            throw ValidationError("only a material has a name behind it, as in `describe material li-mg`")
        }
        if (json || file || database) && material == nil {
            throw ValidationError(
                "--json, --file and --database need a material, as in `describe material li-mg --json`")
        }
        if [markdown, json, file, database].count(where: \.self) > 1 {
            throw ValidationError("--markdown, --json, --file and --database exclude each other")
        }
    }

    func run() throws {
        guard let subject else {
            for type in CaseModels.all { print(ModelDescription(of: type).summary()) }
            return
        }
        if subject == "material" { return try describeMaterial() }
        if subject == "study" {
            let schema = StudySchema()
            return print(markdown ? schema.markdown() : schema.text())
        }
        guard let type = CaseModels.model(named: subject) else {
            let names = CaseModels.all.map { $0.name } + ["material", "study"]
            let hint = closestMatch(to: subject, among: names).map { ", did you mean `\($0)`?" }
            let isMaterial = MaterialLibrary.names.contains(subject)
            let advice = isMaterial ? "; write `describe material \(subject)`" : "; `mesolith describe` lists them"
            standardError("error: there is no model `\(subject)`\(hint ?? advice)")
            throw ExitCode(ExitStatus.badCase.rawValue)
        }
        let description = ModelDescription(of: type)
        print(markdown ? description.markdown() : description.text())
    }

    private func describeMaterial() throws {
        guard let material else {
            let schema = MaterialSchema()
            return print(markdown ? schema.markdown() : schema.text())
        }
        do {
            let record = try MaterialRecord(material)
            let description = MaterialDescription(of: record)
            if file {
                print(record.text, terminator: "")
            } else if database {
                guard let text = record.databaseText else {
                    standardError("error: `\(record.name)` names no thermodynamic database")
                    throw ExitCode(ExitStatus.badCase.rawValue)
                }
                print(text, terminator: "")
            } else {
                print(json ? try description.json() : markdown ? description.markdown() : description.text())
            }
        } catch let code as ExitCode {
            throw code
        } catch {
            throw ExitStatus.report(error)
        }
    }
}
