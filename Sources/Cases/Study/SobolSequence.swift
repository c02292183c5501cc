/// The Sobol sequence in the unit cube with the direction numbers of Joe and Kuo (2008), in the order of the Gray code
/// (Antonov and Saleev 1979), scrambled or as it is.
///
/// A seed scrambles each dimension as Owen does (J. Complexity 11, 1997), by the hash of Laine and Karras in the form of Burley
/// (J. Comput. Graph. Tech. 9(4), 2020): of each 2^k points from a multiple of 2^k on, every interval of length 2^-k of every
/// axis still holds one. A point depends on its number and on the seed alone, so that more points keep those that are there.
public struct SobolSequence: Sendable {
    /// Most dimensions.
    public static let mostDimensions = SobolDirections.dimensions
    /// The seed of each dimension; empty for the plain sequence.
    private let seeds: [UInt32]
    /// Number of dimensions.
    public let dimensions: Int

    /// The sequence of 1 to ``mostDimensions`` dimensions, plain when there is no seed.
    public init(dimensions: Int, seed: UInt64?) {
        precondition((1...Self.mostDimensions).contains(dimensions), "1 to \(Self.mostDimensions) dimensions")
        self.dimensions = dimensions
        seeds = seed.map { seed in (0..<dimensions).map { UInt32(truncatingIfNeeded: Hash.value(seed, $0)) } } ?? []
    }

    /// A coordinate of a point; from 0 on for the plain sequence, the middle of an interval of 2^-32 for a scrambled one.
    public func coordinate(_ dimension: Int, of point: Int) -> Double {
        var code = UInt32(truncatingIfNeeded: point ^ (point >> 1))
        var value: UInt32 = 0
        while code != 0 {
            value ^= SobolDirections.all[dimension][code.trailingZeroBitCount]
            code &= code - 1
        }
        if seeds.isEmpty { return Double(value) * 0x1p-32 }
        return (Double(Self.scrambled(value, seeds[dimension])) + 0.5) * 0x1p-32
    }

    /// The point of a number, from 0 to 2^32 - 1.
    public func point(_ number: Int) -> [Double] { (0..<dimensions).map { coordinate($0, of: number) } }

    /// Swaps the halves of each binary interval or not, depending on the bits above and the seed: in reversed bits a hash in
    /// which a bit changes none below it.
    private static func scrambled(_ value: UInt32, _ seed: UInt32) -> UInt32 {
        var bits = value.bitReversed &+ seed
        bits ^= bits &* 0x6c50_b47c
        bits ^= bits &* 0xb82f_1e52
        bits ^= bits &* 0xc7af_e638
        bits ^= bits &* 0x8d22_f6e6
        return bits.bitReversed
    }
}

extension UInt32 {
    /// The bits from the last to the first.
    fileprivate var bitReversed: UInt32 {
        var bits = self
        bits = (bits >> 1) & 0x5555_5555 | (bits & 0x5555_5555) << 1
        bits = (bits >> 2) & 0x3333_3333 | (bits & 0x3333_3333) << 2
        bits = (bits >> 4) & 0x0f0f_0f0f | (bits & 0x0f0f_0f0f) << 4
        return bits.byteSwapped
    }
}
