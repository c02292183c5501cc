import Foundation
import TimeIntegration

extension StepFailure {
    /// What to try: more steps where they ran out, other numbers where one is not finite, else what the model says.
    func advice(or other: String) -> String {
        switch cause {
        case .tooManySteps: "raise `numerics.max_steps`, or lengthen `numerics.max_step`"
        case .notFinite: "check the laws and the currents that enter there, or " + other
        default: other
        }
    }
}

/// A number as a message says it.
func digits(_ value: Double) -> String { String(format: "%.6g", value) }
