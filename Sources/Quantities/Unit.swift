/// A unit of measurement as a user writes it: `um`, `mA/cm^2`, `J/(mol K)`, `degC`.
///
/// Two units are equal when they mean the same and are spelt the same.
public struct Unit: Hashable, Sendable {
    /// The unit as the user wrote it, without blanks at its ends; empty for a bare number.
    public let text: String

    /// The dimension of the unit.
    public let dimension: Dimension

    /// Whether the unit is an energy of one particle, as `eV` and `meV` are.
    ///
    /// Such a quantity may stand for a molar energy: `Quantity.siValue(as:)` multiplies it by Avogadro's number.
    public let isEnergyPerParticle: Bool

    /// Whether the unit is the degree Celsius, the only one whose zero is not the zero of its dimension.
    public let isCelsius: Bool

    let scale: Scale

    /// The unit of a bare number: dimensionless, of factor 1, written as nothing.
    public static let none = Unit(text: "", value: UnitValue(dimension: .dimensionless, scale: .one))

    /// 273.15 K, the zero of the Celsius scale, in decimal and so without rounding.
    private static let zeroCelsius = DecimalNumber(shortest: Constants.zeroCelsius)

    /// Reads a unit.
    ///
    /// Products are written with a blank, `*` or a middle dot, quotients with `/`, and powers as `cm^2`, `cm**2`,
    /// `cm2`, `m^-3`, `m^(1/2)`, `m^0.5` or with superscript digits. Blanks are not read as products after a `/`
    /// outside parentheses: `J/mol K` could mean two things.
    ///
    /// - Throws: `QuantityError` that says what cannot be read, where, and often how to write it instead.
    public init(parsing text: String) throws(QuantityError) {
        var parser = UnitParser(Array(text), from: 0)
        self = try parser.parse()
    }

    init(text: String, value: UnitValue, isCelsius: Bool = false) {
        self.text = text
        self.isCelsius = isCelsius
        dimension = value.dimension
        scale = value.scale
        isEnergyPerParticle = value.dimension == .energy && value.electronvoltPower == 1
    }

    /// The size of the unit in SI units, the nearest double; `1e-6` for `um`.
    public var factor: Double { scale.factor }

    /// What is added to get from the unit times its factor to SI units: 273.15 (K) for `degC`, else 0.
    public var offset: Double { isCelsius ? Constants.zeroCelsius : 0 }

    /// A value in this unit converted to SI units, not yet rounded to a double.
    func siValue(of value: DecimalNumber) -> DecimalNumber {
        let scaled = scale.apply(to: value)
        return isCelsius ? scaled.adding(Self.zeroCelsius) : scaled
    }

    /// The shortest decimal in this unit that converts to the finite double `siValue`.
    func shortestValue(ofSI siValue: Double) -> DecimalNumber {
        if scale.numerator == 1, scale.denominator == 1, !isCelsius {
            return DecimalNumber(shortest: siValue).shifted(by: -scale.decimalExponent)
        }
        var exact = DecimalNumber(exactly: siValue)
        if isCelsius {
            var zero = Self.zeroCelsius
            zero.isNegative = true
            exact = exact.adding(zero)
        }
        exact = scale.remove(from: exact)
        // The decimals that convert to `siValue` form an interval around `exact`. If a decimal of n digits lies inside,
        // so does one of the two neighbours of `exact` with n digits, and so do those with more: bisect.
        func candidate(_ count: Int) -> DecimalNumber? {
            let nearest = exact.rounded(digits: count)
            let (lower, upper) = exact.neighbours(digits: count)
            return [nearest, lower, upper].first { self.siValue(of: $0).doubleValue == siValue }
        }
        var (tooShort, longEnough) = (0, max(exact.digits.count, 1))
        // 17 digits tell all doubles apart; only a difference to the zero of the Celsius scale may need more.
        if longEnough > 17, candidate(17) != nil { longEnough = 17 }
        while longEnough - tooShort > 1 {
            let middle = (tooShort + longEnough) / 2
            if candidate(middle) == nil { tooShort = middle } else { longEnough = middle }
        }
        return candidate(longEnough) ?? exact
    }
}

extension Unit: CustomStringConvertible {
    /// The unit as the user wrote it.
    public var description: String { text }
}
