/// A decimal number of any length: the exact meaning of a numeral, so that a unit conversion rounds only once.
///
/// The value is 0.d1d2d3... times 10^`point`, with no zero at either end of the digits; no digits means zero.
struct DecimalNumber: Hashable, Sendable {
    var isNegative: Bool
    private(set) var digits: [UInt8]
    private(set) var point: Int

    /// Multipliers and divisors stay below this bound so that ten times one of them fits into 64 bits.
    static let multiplierBound: UInt64 = 1_000_000_000_000_000_000

    /// Digits kept of a quotient that does not end. The midpoint of two neighbouring doubles has at most 767 of them,
    /// so a longer quotient with a last digit that is not zero rounds to the same double as the endless one.
    private static let quotientDigits = 800

    /// The number `digits` (the first one most significant, zeros allowed anywhere) with the point after `point` of
    /// them.
    init(isNegative: Bool = false, digits: some BidirectionalCollection<UInt8>, point: Int) {
        self.isNegative = isNegative
        let start = digits.firstIndex { $0 != 0 } ?? digits.endIndex
        let leadingZeros = digits.distance(from: digits.startIndex, to: start)
        self.digits = Array(digits[start...])
        while self.digits.last == 0 { self.digits.removeLast() }
        self.point = self.digits.isEmpty ? 0 : point - leadingZeros
    }

    /// A whole number.
    init(_ value: UInt64) {
        let digits = String(value).utf8.map { $0 - UInt8(ascii: "0") }
        self.init(digits: digits, point: digits.count)
    }

    /// The shortest decimal that reads back as `value`, which must be finite.
    init(shortest value: Double) {
        let numeral = Numeral(scanning: Array(value.description), from: 0)
        self = numeral?.value ?? DecimalNumber(exactly: value)
    }

    /// The exact value of a finite double.
    init(exactly value: Double) {
        // value = significand * 2^exponent, with a whole significand; a subnormal number has no hidden bit.
        let hiddenBit: UInt64 = value.exponentBitPattern == 0 ? 0 : 1 << 52
        let exponent = max(Int(value.exponentBitPattern), 1) - 1075
        self.init(value.significandBitPattern | hiddenBit)
        isNegative = value.sign == .minus
        // For a negative exponent 2^-n = 5^n * 10^-n keeps the number decimal.
        let (base, largestStep): (UInt64, Int) = exponent < 0 ? (5, 25) : (2, 59)
        var remaining = abs(exponent)
        while remaining > 0 {
            let step = min(remaining, largestStep)
            self = multiplied(by: (0..<step).reduce(1) { power, _ in power * base })
            remaining -= step
        }
        if exponent < 0 { self = shifted(by: exponent) }
    }

    var isZero: Bool { digits.isEmpty }

    /// The nearest double, ties to even; infinite or zero when the number is out of range.
    var doubleValue: Double {
        let magnitude: Double
        if digits.isEmpty || point < -400 {
            magnitude = 0
        } else if point > 400 {
            magnitude = .infinity
        } else {
            let numeral = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
            magnitude = Double("0.\(numeral)e\(point)") ?? .nan
        }
        return isNegative ? -magnitude : magnitude
    }

    /// The number times 10^`power`.
    func shifted(by power: Int) -> DecimalNumber {
        var result = self
        if !isZero { result.point += power }
        return result
    }

    /// The product with a multiplier below `multiplierBound`.
    func multiplied(by multiplier: UInt64) -> DecimalNumber {
        if multiplier == 1 { return self }
        var product: [UInt8] = []
        product.reserveCapacity(digits.count + 20)
        var carry: UInt64 = 0
        for digit in digits.reversed() {
            carry += UInt64(digit) * multiplier
            product.append(UInt8(carry % 10))
            carry /= 10
        }
        while carry > 0 {
            product.append(UInt8(carry % 10))
            carry /= 10
        }
        let growth = product.count - digits.count
        return DecimalNumber(isNegative: isNegative, digits: product.reversed(), point: point + growth)
    }

    /// The quotient by a divisor between 1 and `multiplierBound`, cut as `quotientDigits` says when it does not end.
    func divided(by divisor: UInt64) -> DecimalNumber {
        if divisor <= 1 { return self }
        var quotient: [UInt8] = []
        var remainder: UInt64 = 0
        var position = 0
        while position < digits.count || (remainder > 0 && position < digits.count + Self.quotientDigits) {
            remainder = remainder * 10 + UInt64(position < digits.count ? digits[position] : 0)
            quotient.append(UInt8(remainder / divisor))
            remainder %= divisor
            position += 1
        }
        if remainder > 0 { quotient.append(1) }
        return DecimalNumber(isNegative: isNegative, digits: quotient, point: point)
    }

    /// The exact sum.
    func adding(_ other: DecimalNumber) -> DecimalNumber {
        if isZero { return other }
        if other.isZero { return self }
        let point = max(point, other.point)
        let end = min(self.point - digits.count, other.point - other.digits.count)
        func aligned(_ number: DecimalNumber) -> [UInt8] {
            Array(repeating: 0, count: point - number.point) + number.digits
                + Array(repeating: 0, count: number.point - number.digits.count - end)
        }
        var (large, small, isNegative) = (aligned(self), aligned(other), isNegative)
        if large.lexicographicallyPrecedes(small) {
            (large, small, isNegative) = (small, large, other.isNegative)
        }
        let sign: Int8 = self.isNegative == other.isNegative ? 1 : -1
        var carry: Int8 = 0
        for index in large.indices.reversed() {
            // Between -10 and 19, so that the carry is -1, 0 or 1.
            let sum = Int8(large[index]) + sign * Int8(small[index]) + carry
            carry = sum < 0 ? -1 : sum / 10
            large[index] = UInt8(sum - 10 * carry)
        }
        return DecimalNumber(isNegative: isNegative, digits: [UInt8(max(carry, 0))] + large, point: point + 1)
            .withPositiveZero
    }

    /// The same number, with the sign of a zero dropped.
    private var withPositiveZero: DecimalNumber {
        var result = self
        if isZero { result.isNegative = false }
        return result
    }

    /// The neighbours with at most `count` digits, towards zero and away from it; twice the number when it is as short.
    func neighbours(digits count: Int) -> (towardsZero: DecimalNumber, awayFromZero: DecimalNumber) {
        guard count < digits.count else { return (self, self) }
        let head = digits.prefix(count)
        let lower = DecimalNumber(isNegative: isNegative, digits: head, point: point)
        var raised = [0] + head
        var index = raised.endIndex - 1
        while raised[index] == 9 {
            raised[index] = 0
            index -= 1
        }
        raised[index] += 1
        return (lower, DecimalNumber(isNegative: isNegative, digits: raised, point: point + 1))
    }

    /// The number rounded to `count` digits, halves away from zero.
    func rounded(digits count: Int) -> DecimalNumber {
        let (lower, upper) = neighbours(digits: count)
        return count < digits.count && digits[count] >= 5 ? upper : lower
    }
}
