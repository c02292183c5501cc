import ArgumentParser
import Foundation
import Workloads

/// The kernels and what a call of each takes, as JSON.
struct ListKernels: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernels", abstract: "The kernels and what a call of each takes, by counting.")

    func run() throws {
        let limits = Set(Kernels.limits.map(\.id))
        let entries = try (Kernels.limits + Kernels.all).map { kernel -> [String: Any] in
            let cost = try kernel.cost()
            return [
                "id": kernel.id, "title": kernel.title, "unit": kernel.unit, "work": cost.work, "bytes": cost.bytes,
                "footprint": cost.footprint, "operations": cost.operations, "isLimit": limits.contains(kernel.id),
                "countedCalls": kernel.countedCalls,
            ]
        }
        let text = try JSONSerialization.data(withJSONObject: entries, options: [.sortedKeys, .prettyPrinted])
        print(String(decoding: text, as: UTF8.self))
    }
}
