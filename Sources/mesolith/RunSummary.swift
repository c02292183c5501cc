import Cases
import Foundation
import Models
import Quantities

/// What a run found, for a person.
struct RunSummary {
    let runCase: Case
    let run: CaseRun
    let directory: RunDirectory

    /// A few aligned lines.
    func text() -> String {
        var lines = [runCase.title ?? runCase.path]
        if run.report.steps.count > 1 || !run.report.finished {
            for (index, step) in run.report.steps.enumerated() {
                lines.append(
                    line(
                        "step \(index): \(step.name)",
                        "\(shown(step.duration, "s")), \(shown(step.charge, "C m-2")), ended by \(step.end)"))
            }
        }
        for result in run.report.results {
            lines.append(line(label(result.quantity.name), shown(result)))
        }
        for law in runCase.laws {
            let name = law.path.replacing("material.", with: "", maxReplacements: 1)
            lines.append(line(name, law.confidence.map { "\($0.rawValue): \($0.meaning)" } ?? "given in the case"))
        }
        for extrapolation in runCase.extrapolations { lines.append(line("extrapolated", extrapolation)) }
        if let reason = run.missingErrorEstimate { lines.append(line("error estimate", "none: \(reason)")) }
        lines.append(line("wall time", String(format: "%.3f s", run.wallTime)))
        lines.append(line("results", directory.resultsPath))
        lines.append(line("figures", "scripts/plot \(directory.path)"))
        return lines.joined(separator: "\n")
    }

    private func line(_ name: String, _ value: String) -> String {
        "  \(name.padding(toLength: max(labelWidth, name.count + 1), withPad: " ", startingAt: 0))\(value)"
    }

    /// Room for the longest name of a result.
    private var labelWidth: Int { run.report.results.reduce(24) { max($0, $1.quantity.name.count + 2) } }

    private func label(_ name: String) -> String { name.replacing("_", with: " ") }

    /// A result with its error, where that is more than round-off.
    private func shown(_ result: DescribedValue) -> String {
        let value = shown(result.value, result.quantity.units)
        guard let error = result.errorEstimate, error > 1e-13 * abs(result.value) else { return value }
        return value.padding(toLength: max(24, value.count), withPad: " ", startingAt: 0)
            + " ± " + shown(error, result.quantity.units, digits: 2)
    }

    /// A value in the unit that the field uses for it.
    private func shown(_ value: Double, _ units: String, digits: Int = 7) -> String {
        let customary = [
            "mol m-3": "mmol/cm^3", "C m-2": "mAh/cm^2", "m": abs(value) < 1e-7 && value != 0 ? "nm" : "um",
            "mol m-2": "umol/cm^2", "s": "s", "V": "mV", "Pa": "MPa", "A m-2": "mA/cm^2", "ohm m2": "ohm*cm^2",
        ][units]
        guard let unit = customary.flatMap({ try? Unit(parsing: $0) }) else {
            let number =
                value == value.rounded() && abs(value) < 1e9
                ? String(Int(value)) : String(format: "%.\(digits)g", value)
            return units == "1" ? number : "\(number) \(units)"
        }
        return Quantity(siValue: value, unit: unit).formatted(significantDigits: digits)
    }
}
