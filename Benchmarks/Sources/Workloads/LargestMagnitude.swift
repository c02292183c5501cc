/// The largest magnitude of some numbers; NaN where one of them is, which comparisons would lose.
public func largestMagnitude(_ numbers: some Sequence<Double>) -> Double {
    var largest = 0.0
    for number in numbers {
        if number.isNaN { return .nan }
        largest = max(largest, abs(number))
    }
    return largest
}
