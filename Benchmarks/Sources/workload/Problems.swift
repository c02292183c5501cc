import ArgumentParser
import Foundation
import Workloads

/// Says which problems are measured.
struct ProblemList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "problems", abstract: "The problems and their settings, as JSON.")

    func run() throws {
        let list = Problems.all.map { problem in
            Entry(
                id: problem.id, title: problem.title, error: problem.error, unit: problem.unit,
                largestError: problem.largestError, obstacle: problem.obstacle(),
                settings: problem.settings.map { Entry.Setting(label: $0.label, isTracked: $0.isTracked) })
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(list), as: UTF8.self))
    }

    private struct Entry: Encodable {
        let id, title, error, unit: String
        let largestError: Double
        let obstacle: String?
        let settings: [Setting]

        struct Setting: Encodable {
            let label: String
            let isTracked: Bool
        }
    }
}
