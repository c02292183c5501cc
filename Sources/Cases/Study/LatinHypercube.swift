/// A Latin hypercube in the unit cube: of n samples each n-th of every axis holds one, at a random place in it (M. D. McKay,
/// R. J. Beckman and W. J. Conover, Technometrics 21, 239, 1979).
///
/// The order on each axis is a permutation that is computed sample by sample, so that no table of it is kept: a bijection of
/// the numbers of k bits, made of steps that each can be undone, gone through until it lands below n.
public struct LatinHypercube: Sendable {
    /// Number of samples.
    public let samples: Int
    private let seeds: [UInt64]
    private let bits: Int

    /// The hypercube of a number of samples, one or more.
    public init(dimensions: Int, samples: Int, seed: UInt64) {
        precondition(samples > 0, "one sample or more")
        self.samples = samples
        seeds = (0..<dimensions).map { Hash.value(seed, $0) }
        bits = max(2, Int.bitWidth - (samples - 1).leadingZeroBitCount)
    }

    /// A coordinate of a sample, above 0 and below 1.
    public func coordinate(_ dimension: Int, of sample: Int) -> Double {
        let seed = seeds[dimension]
        let part = Double(stratum(of: sample, seed)) + Hash.fraction(seed, sample)
        return min(part / Double(samples), 1.0.nextDown)
    }

    /// Which n-th of an axis a sample lies in.
    private func stratum(of sample: Int, _ seed: UInt64) -> Int {
        let mask = (UInt64(1) << UInt64(bits)) - 1
        var value = UInt64(sample)
        repeat {
            for round in 0..<4 {
                let key = Hash.value(~seed, round)
                value = (value &* (key | 1) &+ (key >> 32)) & mask
                value ^= value >> UInt64((bits + 1) / 2)
            }
        } while value >= UInt64(samples)
        return Int(value)
    }
}
