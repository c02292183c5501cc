import Foundation
import Models
import Quantities

/// The report of a run and what the same case at coarser resolutions says of the error of its results.
///
/// A run alone and the runs of a batch go through this same judgement.
public struct ErrorEstimation: Sendable {
    private let model: any CaseModel.Type
    private let found: RunReport
    private var estimates: [RunReport] = []
    private var isInterrupted = false

    /// Why the results carry no error although the case asks for it; nil when nothing is against it so far.
    public private(set) var missing: String?

    /// Begins with the report of the case itself.
    public init(of report: RunReport, by model: any CaseModel.Type) {
        (found, self.model) = (report, model)
    }

    /// Whether a coarser resolution still can tell something: the run is finished, and no coarser one failed.
    public var wantsMore: Bool { found.finished && missing == nil }

    /// Takes the report of the case at a coarser resolution, or why it has none.
    ///
    /// Where it could not be solved or was interrupted the report stays without errors: the run itself is done.
    public mutating func add(_ coarser: Result<RunReport, any Error>) {
        guard wantsMore else { return }
        switch coarser {
        case .failure(let error): missing = "a coarser resolution does not do; \(error)"
        case .success(let estimate):
            guard estimate.finished else {
                (missing, isInterrupted) = ("interrupted", true)
                return
            }
            for (index, pair) in zip(found.steps, estimate.steps).enumerated() where pair.0.end != pair.1.end {
                missing = "at a coarser resolution step \(index) ended by \(pair.1.end), not by \(pair.0.end)"
                return
            }
            estimates.append(estimate)
        }
    }

    /// The report with the error of each result, where there are estimates and none is missing.
    ///
    /// A run whose estimate was interrupted is not finished.
    public var report: RunReport {
        if wantsMore && !estimates.isEmpty { return found.estimatingErrors(from: estimates, except: model.work) }
        var report = found
        if isInterrupted { report.finished = false }
        return report
    }

    /// Why the run failed although it was solved: a result that must be known to more than its size is not.
    public var failure: RunFailure? {
        guard let result = report.unresolvedResult(among: model.mustBeResolved) else { return nil }
        let percent = 100 * (result.errorEstimate ?? .nan) / result.value
        return RunFailure(
            "the resolution is too coarse: the error estimate of `\(result.quantity.name)` is "
                + "\(String(format: "%.0f", percent)) % of its value, \(String(format: "%.3g", result.value)) "
                + "\(result.quantity.units); raise \(listed(model.resolutionKeys)), or take the result as it is with "
                + "`numerics.error_estimate: off`")
    }
}
