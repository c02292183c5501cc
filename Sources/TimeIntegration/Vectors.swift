import Foundation

// Operations on vectors of equal length, in place and without allocation.

/// y = x
@inline(__always)
func copy(_ source: [Double], to target: inout [Double]) {
    let source = source.span
    var target = target.mutableSpan
    precondition(source.count == target.count)
    for index in source.indices { target[unchecked: index] = source[unchecked: index] }
}

/// y = x for the part of `target` that begins at `start`.
@inline(__always)
func copy(_ source: [Double], to target: inout [Double], at start: Int) {
    let source = source.span
    var target = target.mutableSpan
    precondition(start >= 0 && start + source.count <= target.count)
    for index in source.indices { target[unchecked: start &+ index] = source[unchecked: index] }
}

/// y = x for the part of `source` that begins at `start`.
@inline(__always)
func copy(_ source: [Double], from start: Int, to target: inout [Double]) {
    let source = source.span
    var target = target.mutableSpan
    precondition(start >= 0 && start + target.count <= source.count)
    for index in target.indices { target[unchecked: index] = source[unchecked: start &+ index] }
}

/// y = y + a x for the part of `source` that begins at `start`.
@inline(__always)
func add(_ factor: Double, times source: [Double], from start: Int, to target: inout [Double]) {
    let source = source.span
    var target = target.mutableSpan
    precondition(start >= 0 && start + target.count <= source.count)
    for index in target.indices { target[unchecked: index] += factor * source[unchecked: start &+ index] }
}

/// x = 0
@inline(__always)
func clear(_ vector: inout [Double]) {
    var vector = vector.mutableSpan
    for index in vector.indices { vector[unchecked: index] = 0 }
}

/// x · y
func product(_ first: [Double], _ second: [Double]) -> Double {
    let (first, second) = (first.span, second.span)
    precondition(first.count == second.count)
    var sum = 0.0
    for index in first.indices { sum += first[unchecked: index] * second[unchecked: index] }
    return sum
}

/// y = y + a x
@inline(__always)
func add(_ factor: Double, times source: [Double], to target: inout [Double]) {
    let source = source.span
    var target = target.mutableSpan
    precondition(source.count == target.count)
    for index in source.indices { target[unchecked: index] += factor * source[unchecked: index] }
}

/// max |x|; NaN or infinite when an entry is.
@inline(__always)
func largestMagnitude(of vector: [Double]) -> Double {
    let vector = vector.span
    var largest = 0.0
    // A NaN times zero stays NaN, which a maximum would lose.
    var poison = 0.0
    for index in vector.indices {
        let value = vector[unchecked: index]
        largest = max(largest, abs(value))
        poison += 0 * value
    }
    return largest + poison
}

/// The first entry that is infinite, which is what makes others NaN, or else the first that is NaN.
func firstNotFinite(_ vector: [Double]) -> Int? {
    vector.firstIndex(where: \.isInfinite) ?? vector.firstIndex(where: \.isNaN)
}

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
