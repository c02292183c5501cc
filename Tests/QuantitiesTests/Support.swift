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

/// A repeatable stream of random numbers (SplitMix64, S. Vigna, public domain reference implementation).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
