/// Numbers that look random and follow from a seed and a place, whatever was asked before.
enum Hash {
    /// The number of a seed and an index: the output of SplitMix64 (S. Vigna, public domain reference implementation) behind
    /// that many steps.
    static func value(_ seed: UInt64, _ index: Int) -> UInt64 {
        var mixed = seed &+ (UInt64(bitPattern: Int64(index)) &+ 1) &* 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number above 0 and below 1.
    static func fraction(_ seed: UInt64, _ index: Int) -> Double { (Double(value(seed, index) >> 12) + 0.5) * 0x1p-52 }
}
