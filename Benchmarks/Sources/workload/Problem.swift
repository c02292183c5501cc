import ArgumentParser
import Models
import Workloads

/// One problem at one setting: the least CPU time of some solutions, and the error, which is the same in all.
struct SolveProblem: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "problem", abstract: "Solve a problem at a setting: least CPU time, error, steps.")

    @Argument(help: "The problem, such as fig4a.") var id: String
    @Argument(help: "The setting, such as 1e-4 or '16 cells, 1e-2'.") var label: String
    @Argument(help: "How often.") var count: Int

    func validate() throws {
        guard let problem = Problems.all.first(where: { $0.id == id }) else {
            throw ValidationError("no problem '\(id)'; there are \(Problems.all.map(\.id).joined(separator: ", "))")
        }
        guard problem.settings.contains(where: { $0.label == label }) else {
            let labels = problem.settings.map { "'\($0.label)'" }.joined(separator: ", ")
            throw ValidationError("\(id) has no setting '\(label)'; it has \(labels)")
        }
        if count < 1 { throw ValidationError("COUNT is at least 1") }
    }

    func run() throws {
        guard let problem = Problems.all.first(where: { $0.id == id }),
            let setting = problem.settings.first(where: { $0.label == label })
        else { return }
        if let obstacle = problem.obstacle() { throw Failure("\(id) was skipped: \(obstacle)") }
        var outcome = try problem.measure(setting)
        for _ in 1..<count {
            let other = try problem.measure(setting)
            if other.seconds < outcome.seconds { outcome = other }
        }
        let others = outcome.others.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        try report(
            [
                ("seconds", outcome.seconds), ("error", outcome.error), ("steps", outcome.steps),
                ("work", outcome.work),
                ("memory", ProcessUsage.peakMemory ?? .nan),
            ] + others)
    }
}
