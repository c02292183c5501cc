/// Why a stage of a step could not be solved.
struct StageFailure: Error {
    let cause: StepFailure.Cause

    init(_ cause: StepFailure.Cause) { self.cause = cause }
}
