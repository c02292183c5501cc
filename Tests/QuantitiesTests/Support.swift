import Quantities
import Testing

/// The error a piece of work throws, as a test expectation.
func error<T>(
    of work: () throws(QuantityError) -> T, sourceLocation: SourceLocation = #_sourceLocation
) -> QuantityError? {
    do {
        let value = try work()
        Issue.record("expected an error, got \(value)", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}
