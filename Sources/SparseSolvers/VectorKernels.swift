// Loops over whole vectors. A sum is split into the same partial sums whatever the machine, so that it has the same bits.

/// x · y
func dot(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count)
    typealias Lanes = SIMD8<Double>
    // Two sets of partial sums, because an addition takes longer than the interval at which it can be started.
    var first = Lanes.zero
    var second = Lanes.zero
    let paired = x.count / (2 * Lanes.scalarCount) * (2 * Lanes.scalarCount)
    let width = MemoryLayout<Lanes>.size
    var rest = 0.0
    x.withUnsafeBytes { x in
        y.withUnsafeBytes { y in
            for offset in stride(from: 0, to: paired * MemoryLayout<Double>.size, by: 2 * width) {
                first +=
                    x.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
                    * y.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
                second +=
                    x.loadUnaligned(fromByteOffset: offset + width, as: Lanes.self)
                    * y.loadUnaligned(fromByteOffset: offset + width, as: Lanes.self)
            }
        }
    }
    for index in paired..<x.count { rest += x[index] * y[index] }
    return (first + second).sum() + rest
}

/// √(x · x)
func norm(_ x: [Double]) -> Double { dot(x, x).squareRoot() }

/// y ← y + a x
func add(_ scale: Double, _ x: [Double], to y: inout [Double]) {
    precondition(x.count == y.count)
    let x = x.span
    var y = y.mutableSpan
    for index in 0..<x.count { y[index] += scale * x[index] }
}

/// y ← a x, without a new array.
func assign(_ scale: Double, _ x: [Double], to y: inout [Double]) {
    precondition(x.count == y.count)
    let x = x.span
    var y = y.mutableSpan
    for index in 0..<x.count { y[index] = scale * x[index] }
}

/// x ← a x
func scale(_ x: inout [Double], by scale: Double) {
    var x = x.mutableSpan
    for index in 0..<x.count { x[index] *= scale }
}

/// y ← x - y
func subtract(_ y: inout [Double], from x: [Double]) {
    precondition(x.count == y.count)
    let x = x.span
    var y = y.mutableSpan
    for index in 0..<x.count { y[index] = x[index] - y[index] }
}

/// The first place that holds infinity or NaN.
func firstNotFinite(_ x: [Double]) -> Int? {
    // 0 · x is NaN where x is not finite and zero elsewhere, which needs no branch in the loop.
    var trace = 0.0
    let values = x.span
    for index in 0..<values.count { trace += 0 * values[index] }
    return trace == 0 ? nil : x.firstIndex { !$0.isFinite }
}
