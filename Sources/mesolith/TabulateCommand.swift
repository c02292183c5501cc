import ArgumentParser
import Cases
import Quantities

struct TabulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tabulate", abstract: "Write a law of a material as comma-separated values.",
        discussion: """
            The first line names the columns and their SI units. `scripts/plot --material`
            draws potential, diffusivity and creep rate from these tables.
            """)

    @Argument(help: "A material's name, or the path of its .yaml file.")
    var material: String

    @Argument(
        help: ArgumentHelp(
            "The law: \(MaterialTable.Law.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "law"))
    var law: MaterialTable.Law

    @Option(name: [.short, .long], help: "Temperature.")
    var temperature = "25 degC"

    @Option(
        name: [.customShort("x"), .long], help: "Mole fraction of lithium, for flow; 1 is lithium without its host.")
    var moleFraction = 1.0

    @Option(name: [.short, .long], help: "Number of points.")
    var points = 200

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp(
            "Replace a value of the material, as in --set flow.use=power_law; may be given several times.",
            valueName: "path=value"))
    var overrides: [String] = []

    @Flag(help: "Let the temperature leave the range for which the law is stated.")
    var extrapolate = false

    func validate() throws {
        if !(2...1_000_000).contains(points) { throw ValidationError("--points is at least 2 and at most 1000000") }
        if !(0...1).contains(moleFraction) { throw ValidationError("--mole-fraction is at least 0 and at most 1") }
        _ = try kelvin()
    }

    func run() throws {
        do {
            let record = try MaterialRecord(material, overrides: overrides)
            let table = try MaterialTable(
                of: law, in: record, temperature: try kelvin(), moleFraction: moleFraction, points: points,
                extrapolates: extrapolate)
            print(table.csv())
        } catch {
            throw ExitStatus.report(error)
        }
    }

    private func kelvin() throws -> Double {
        let value: Double
        do {
            value = try Quantity(parsing: temperature).siValue(as: .temperature)
        } catch {
            throw ValidationError("--temperature: \(error.message)")
        }
        guard (1...3000).contains(value) else {
            throw ValidationError("--temperature is at least 1 K and at most 3000 K")
        }
        return value
    }
}

extension MaterialTable.Law: ExpressibleByArgument {}
