/// A number with its unit, such as `69.6 mmol/cm^3`: the value as written, and the same in SI units.
///
/// Conversions are exact in decimal and rounded once, so that `5 um` is the double `5e-6` and not a neighbour of it.
public struct Quantity: Sendable {
    /// The number in front of the unit, such as 5 for `5 um`.
    public let value: Double

    /// The unit as the user wrote it.
    public let unit: Unit

    /// The quantity in the coherent SI unit of its dimension, such as 5e-6 (m) for `5 um`; for `degC`, the
    /// thermodynamic temperature in K.
    public let siValue: Double

    /// Where the unit starts in the text the quantity was read from, in characters, for use in error messages; after
    /// a bare number, where it is missing. 0 when the quantity was not read from text.
    public let unitOffset: Int

    init(value: Double, unit: Unit, siValue: Double, unitOffset: Int) {
        self.value = value
        self.unit = unit
        self.siValue = siValue
        self.unitOffset = unitOffset
    }

    /// A quantity from its value in `unit`. A value that is not finite stays so in SI units.
    public init(_ value: Double, _ unit: Unit) {
        let siValue = value.isFinite ? unit.siValue(of: DecimalNumber(shortest: value)).doubleValue : value
        self.init(value: value, unit: unit, siValue: siValue, unitOffset: 0)
    }

    /// A quantity from its value in SI units, to be shown in `unit`. A value that is not finite stays so in the unit.
    public init(siValue: Double, unit: Unit) {
        let value = siValue.isFinite ? unit.shortestValue(ofSI: siValue).doubleValue : siValue
        self.init(value: value, unit: unit, siValue: siValue, unitOffset: 0)
    }

    /// The value in SI units, once the dimension is checked.
    ///
    /// An energy per particle (a unit built on the electronvolt) is accepted as a molar energy, times Avogadro's
    /// number: 0.57 eV is 54997 J/mol.
    ///
    /// - Throws: `QuantityError` at the unit, when the quantity is not of that dimension.
    public func siValue(as expected: Dimension) throws(QuantityError) -> Double {
        if unit.dimension == expected { return siValue }
        if unit.isEnergyPerParticle, expected == .molarEnergy { return siValue * Constants.avogadro }
        throw mismatch(with: expected)
    }

    /// The same quantity in another unit.
    ///
    /// - Throws: `QuantityError` when the other unit is not of the same dimension; an energy per particle converts to a
    ///   molar energy as in `siValue(as:)`.
    public func converted(to other: Unit) throws(QuantityError) -> Quantity {
        Quantity(siValue: try siValue(as: other.dimension), unit: other)
    }

    private func mismatch(with expected: Dimension) -> QuantityError {
        let example = expected.exampleUnit
        guard unit.dimension != .dimensionless || !unit.text.isEmpty else {
            let number = formatted()
            return QuantityError(
                "expected \(expected.phrase) with its unit (such as `\(number) \(example)`),"
                    + " found the bare number \(number)",
                at: unitOffset)
        }
        let suchAs = expected == .dimensionless ? "0.3" : example
        return QuantityError(
            "expected \(expected.phrase) (such as `\(suchAs)`), found \(unit.dimension.phrase) in"
                + " \(QuantityError.quote(unit.text))\(hint(towards: expected))",
            at: unitOffset)
    }

    /// A unit that was probably meant instead, as the end of an error message.
    private func hint(towards expected: Dimension) -> String {
        let probable: String
        if expected == .molarEnergy, unit.dimension == .energy {
            probable = "\(unit.text)/mol"
        } else if expected == .temperature, unit.text == "C" {
            probable = "degC"
        } else {
            return ""
        }
        return (try? Unit(parsing: probable))?.dimension == expected ? "; did you mean `\(probable)`?" : ""
    }
}

extension Quantity: Hashable {
    /// Whether both quantities have the same value and the same unit, spelt alike; where they were read is no matter.
    public static func == (left: Quantity, right: Quantity) -> Bool {
        left.value == right.value && left.siValue == right.siValue && left.unit == right.unit
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(value)
        hasher.combine(siValue)
        hasher.combine(unit)
    }
}
