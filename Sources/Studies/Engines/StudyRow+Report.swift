import Cases
import Foundation
import Models
import Quantities

extension StudyRow {
    /// The row of a point that was solved.
    init(_ point: Int, of report: RunReport, columns: StudyColumns, cpuTime: Double) {
        let found = columns.kept.map { quantity in report.results.first { $0.quantity.name == quantity.name } }
        self.init(
            point: point, status: .finished, values: found.map { $0?.value ?? .nan },
            errors: found.map { $0?.errorEstimate ?? .nan },
            steps: report.value(of: TransportQuantities.steps.name).map { Int($0) } ?? 0, cpuTime: cpuTime,
            end: report.steps.last?.end ?? "", reason: "")
    }

    /// The row of a point that a run solved and told of.
    init(_ point: Int, of document: RunDocument, columns: StudyColumns) {
        let found = columns.kept.map { document.results[$0.name] }
        self.init(
            point: point, status: .finished, values: found.map { $0?.value ?? .nan },
            errors: found.map { $0?.error ?? .nan },
            steps: document.results[TransportQuantities.steps.name].map { Int($0.value) } ?? 0,
            cpuTime: document.cpuTime.value, end: document.steps.last?.end ?? "", reason: "")
    }
}
