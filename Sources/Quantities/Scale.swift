/// The factor of a unit: numerator / denominator * 10^decimalExponent.
///
/// With the power of ten apart, SI prefixes cost no rounding; with whole numbers for the rest, neither do hours or
/// electronvolts. Only an irrational root, or a number of more than 18 digits, is rounded (to at least 17 digits).
struct Scale: Hashable, Sendable {
    /// Not a multiple of 10; below `DecimalNumber.multiplierBound`, as is the denominator.
    let numerator: UInt64
    /// Without the factors 2 and 5, which belong to the power of ten, as far as the bound of the numerator allows.
    let denominator: UInt64
    let decimalExponent: Int

    static let one = Scale(powerOfTen: 0)

    /// A power of ten beyond which no product of units is followed; doubles end near 10^308.
    private static let largestDecimalExponent = 5000

    init(powerOfTen: Int) {
        (numerator, denominator, decimalExponent) = (1, 1, powerOfTen)
    }

    /// A whole number below `DecimalNumber.multiplierBound`, times a power of ten.
    init(_ value: UInt64, powerOfTen: Int = 0) {
        self.init(reducing: UInt128(value), over: 1, decimalExponent: powerOfTen)
    }

    /// Reduces a fraction of two positive numbers, each below the square of `DecimalNumber.multiplierBound`.
    private init(reducing numerator: UInt128, over denominator: UInt128, decimalExponent: Int) {
        let bound = UInt128(DecimalNumber.multiplierBound)
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        var (numerator, denominator, exponent) = (numerator / divisor, denominator / divisor, decimalExponent)
        func shortenNumerator(below limit: UInt128) {
            while numerator >= limit || numerator.isMultiple(of: 10) {
                numerator = (numerator + 5) / 10
                exponent += 1
            }
        }
        while denominator >= bound {
            denominator = (denominator + 5) / 10
            exponent -= 1
        }
        // 1/2 = 5/10 and 1/5 = 2/10: what is left in the denominator makes an endless decimal.
        for (factor, complement) in [(2, 5), (5, 2)] as [(UInt128, UInt128)] {
            while denominator.isMultiple(of: factor) {
                shortenNumerator(below: bound * bound)
                denominator /= factor
                numerator *= complement
                exponent -= 1
            }
        }
        shortenNumerator(below: bound)
        (self.numerator, self.denominator) = (UInt64(numerator), UInt64(denominator))
        self.decimalExponent = exponent
    }

    /// The product, or `nil` when its power of ten is absurdly large.
    func multiplied(by other: Scale) -> Scale? {
        let product = Scale(
            reducing: UInt128(numerator) * UInt128(other.numerator),
            over: UInt128(denominator) * UInt128(other.denominator),
            decimalExponent: decimalExponent + other.decimalExponent)
        return abs(product.decimalExponent) > Self.largestDecimalExponent ? nil : product
    }

    private var inverted: Scale {
        Scale(reducing: UInt128(denominator), over: UInt128(numerator), decimalExponent: -decimalExponent)
    }

    /// The scale to a power, or `nil` when its power of ten is absurdly large.
    func raised(to power: Exponent) -> Scale? {
        let (numerator, denominator) = power.fraction
        return raised(toWhole: numerator)?.root(denominator)
    }

    private func raised(toWhole power: Int) -> Scale? {
        var result = Scale.one
        var square = power < 0 ? inverted : self
        var remaining = power.magnitude
        while remaining > 0 {
            if remaining & 1 == 1 {
                guard let product = result.multiplied(by: square) else { return nil }
                result = product
            }
            remaining >>= 1
            if remaining > 0 {
                guard let product = square.multiplied(by: square) else { return nil }
                square = product
            }
        }
        return result
    }

    /// The root of a degree that divides 12: exact when it is rational, else rounded to a double.
    private func root(_ degree: Int) -> Scale {
        if degree == 1 { return self }
        // Floored division, so that the power of ten left under the root is not negative.
        let remainder = ((decimalExponent % degree) + degree) % degree
        let quotient = (decimalExponent - remainder) / degree
        if remainder == 0, let numerator = Self.exactRoot(degree, of: numerator),
            let denominator = Self.exactRoot(degree, of: denominator)
        {
            return Scale(
                reducing: UInt128(numerator), over: UInt128(denominator), decimalExponent: quotient)
        }
        let radicand = Double(numerator) / Double(denominator) * Scale(powerOfTen: remainder).factor
        let root = DecimalNumber(shortest: Self.root(degree, of: radicand))
        let digits = root.digits.reduce(0) { $0 * 10 + UInt64($1) }
        return Scale(digits, powerOfTen: root.point - root.digits.count + quotient)
    }

    private static func exactRoot(_ degree: Int, of value: UInt64) -> UInt64? {
        let candidate = UInt64(root(degree, of: Double(value)).rounded())
        var power: UInt64 = 1
        for _ in 0..<degree {
            let product = power.multipliedReportingOverflow(by: candidate)
            if product.overflow { return nil }
            power = product.partialValue
        }
        return power == value ? candidate : nil
    }

    /// The root of a degree that divides 12, of a positive number.
    private static func root(_ degree: Int, of value: Double) -> Double {
        if degree.isMultiple(of: 2) { return root(degree / 2, of: value.squareRoot()) }
        return degree == 3 ? cubeRoot(value) : value
    }

    /// Newton's iteration for y^3 = x from above, where it falls until rounding stops it.
    private static func cubeRoot(_ value: Double) -> Double {
        var root = max(value, 1)
        while true {
            let next = root - (root - value / (root * root)) / 3
            if !(next < root) { return root }
            root = next
        }
    }

    private static func greatestCommonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
        var (larger, smaller) = (first, second)
        while smaller > 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger
    }

    /// The scale as the nearest double.
    var factor: Double { apply(to: DecimalNumber(1)).doubleValue }

    /// `number` times the scale.
    func apply(to number: DecimalNumber) -> DecimalNumber {
        number.multiplied(by: numerator).divided(by: denominator).shifted(by: decimalExponent)
    }

    /// `number` divided by the scale.
    func remove(from number: DecimalNumber) -> DecimalNumber {
        number.multiplied(by: denominator).divided(by: numerator).shifted(by: -decimalExponent)
    }
}
