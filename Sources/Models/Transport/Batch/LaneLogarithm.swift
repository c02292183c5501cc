// The logarithm and the exponential function of eight numbers at once, to a few units of the last place: what the control of
// the steps needs, without a call for every lane.

/// ln x of normal positive numbers: 2 artanh((m - 1)/(m + 1)) + e ln 2 with x = m 2^e, m between √½ and √2.
func logarithm(_ x: Lanes) -> Lanes {
    let bits = unsafeBitCast(x, to: SIMD8<UInt64>.self)
    // The exponent in the lowest bits of 2^52 makes a whole number of it.
    var exponent = unsafeBitCast((bits &>> 52) | 0x4330_0000_0000_0000, to: Lanes.self) - 4_503_599_627_371_519
    var m = unsafeBitCast((bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000, to: Lanes.self)
    let isLarge = m .> 1.414_213_562_373_095_1
    m.replace(with: 0.5 * m, where: isLarge)
    exponent.replace(with: exponent + 1, where: isLarge)
    let t = (m - 1) / (m + 1)
    let square = t * t
    var series = Lanes(repeating: 1.0 / 19)
    for divisor in [17.0, 15, 13, 11, 9, 7, 5, 3, 1] { series = series * square + 1 / divisor }
    return exponent * 0.693_147_180_559_945_3 + 2 * t * series
}

/// e^x of numbers between -700 and 700: 2^n times Taylor's series of what is left, at most ½ ln 2.
func exponential(_ x: Lanes) -> Lanes {
    // Adding 1.5 2^52 rounds to a whole number, which then stands in the lowest bits.
    let rounder = 6_755_399_441_055_744.0
    let rounded = x * 1.442_695_040_888_963_4 + rounder
    let r = x - (rounded - rounder) * 0.693_147_180_559_945_3
    var series = Lanes(repeating: 1)
    for divisor in [12.0, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1] { series = series * r * (1 / divisor) + 1 }
    let power = (unsafeBitCast(rounded, to: SIMD8<Int64>.self) &+ 1023) &<< 52
    return series * unsafeBitCast(power, to: Lanes.self)
}
