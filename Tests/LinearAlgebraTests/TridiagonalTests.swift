import CLAPACK
import LinearAlgebra
import TestSupport
import Testing

@Suite struct TridiagonalTests {
    /// A diffusion step with random cell sizes: dominated by its diagonal, unsymmetric.
    private func system(count: Int, seed: UInt64) -> (
        lower: [Double], diagonal: [Double], upper: [Double], right: [Double]
    ) {
        var random = SplitMix(state: seed)
        func next() -> Double { Double.random(in: 0..<1, using: &random) }
        let lower = (0..<count).map { _ in -next() }
        let upper = (0..<count).map { _ in -next() }
        let diagonal = (0..<count).map { 0.01 + next() - lower[$0] - upper[$0] }
        let right = (0..<count).map { _ in next() - 0.5 }
        return (lower, diagonal, upper, right)
    }

    @Test("Solutions equal LAPACK's dgtsv", arguments: [1, 2, 3, 65, 1000])
    func againstLAPACK(count: Int) {
        let (lower, diagonal, upper, right) = system(count: count, seed: UInt64(count))
        var factors = TridiagonalFactor(count: count)
        let isSound = factors.factor(lower: lower, diagonal: diagonal, upper: upper)
        #expect(isSound)
        var solution = right
        factors.solve(&solution)

        var (dl, d, du, b) = (Array(lower.dropFirst()), diagonal, Array(upper.dropLast()), right)
        let info = LAPACKE_dgtsv(LAPACK_COL_MAJOR, Int32(count), 1, &dl, &d, &du, &b, Int32(count))
        #expect(info == 0)
        for (ours, theirs) in zip(solution, b) { #expect(abs(ours - theirs) <= 1e-12 * max(1, abs(theirs))) }
    }

    @Test(
        "A zero pivot and NaN are reported, not solved",
        arguments: [([0.0, 1.0], [1.0, 1.0], false), ([0, 0], [1, .nan], false), ([0, 0.5], [1, 1], true)])
    func soundness(lower: [Double], diagonal: [Double], expected: Bool) {
        var factors = TridiagonalFactor(count: 2)
        let isSound = factors.factor(lower: lower, diagonal: diagonal, upper: [lower[1], 0])
        #expect(isSound == expected)
    }
}
