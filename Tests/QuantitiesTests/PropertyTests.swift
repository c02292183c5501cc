import Quantities
import TestSupport
import Testing

@Suite struct PropertyTests {
    static let units = [
        "", "m", "um", "nm", "mA/cm^2", "mmol/cm^3", "cm^2/s", "kJ/mol", "MPa", "%", "qm", "Qm", "angstrom",
        "h", "mAh/cm^2", "m/h", "nm/day", "1/min", "eV", "meV/K", "atm", "1/atm", "degC", "mm^(1/2)", "h^(1/3)", "eV^3",
    ]

    /// A double of any exponent that leaves room for the unit, or of a magnitude that people use.
    static func randomDouble(using generator: inout SplitMix) -> Double {
        let isWide = Int.random(in: 0..<3, using: &generator) == 0
        let exponent =
            isWide ? Int.random(in: -600...600, using: &generator) : Int.random(in: -60...20, using: &generator)
        let significand = Double.random(in: 1..<2, using: &generator)
        return Double(
            sign: Bool.random(using: &generator) ? .minus : .plus, exponent: exponent, significand: significand)
    }

    @Test(arguments: units)
    func whatIsFormattedReadsBack(_ text: String) throws {
        let unit = text.isEmpty ? Unit.none : try Unit(parsing: text)
        var generator = SplitMix(state: UInt64(text.count) &+ 1)
        for _ in 0..<100 {
            let random = Self.randomDouble(using: &generator)
            // A Celsius temperature is not below zero kelvin, and near zero has as many digits as its exponent.
            let siValue = unit.isCelsius ? 1e-3 + abs(random).truncatingRemainder(dividingBy: 3000) : random
            let shown = Quantity(siValue: siValue, unit: unit)
            let read = try Quantity(parsing: shown.formatted())
            #expect(read.siValue == siValue)
            #expect(read.value == shown.value)
            #expect(read == shown)
            #expect(read.formatted() == shown.formatted())
        }
    }

    /// One digit less never reads back, be it rounded down or up.
    @Test(arguments: ["um", "m/h", "eV", "mAh", "degC"])
    func whatIsFormattedIsShortest(_ text: String) throws {
        let unit = try Unit(parsing: text)
        var generator = SplitMix(state: 7)
        for _ in 0..<100 {
            let siValue = 1 + abs(Self.randomDouble(using: &generator)).truncatingRemainder(dividingBy: 3000)
            let shown = Quantity(siValue: siValue, unit: unit)
            let number = shown.formatted().split(separator: " ")[0]
            let mantissa = number.prefix { $0 != "e" }
            let exponent = Int(number.dropFirst(mantissa.count + 1)) ?? 0
            guard let decimals = mantissa.split(separator: ".").dropFirst().first?.count else { continue }
            let shorter = try #require(Int(mantissa.filter { $0 != "." })) / 10
            for neighbour in [shorter, shorter + 1] {
                let other = try Quantity(parsing: "\(neighbour)e\(exponent - decimals + 1) \(text)")
                #expect(other.siValue != siValue)
            }
        }
    }

    /// A power of ten between two spellings of a number makes no difference to the last bit.
    @Test func prefixesCostNoRounding() throws {
        var generator = SplitMix(state: 11)
        for _ in 0..<5000 {
            let digits = UInt64.random(in: 1..<10_000_000_000_000_000, using: &generator)
            let exponent = Int.random(in: -40...40, using: &generator)
            let expected = try #require(Double("\(digits)e\(exponent - 6)"))
            #expect(try Quantity(parsing: "\(digits)e\(exponent) um").siValue == expected)
            #expect(try Quantity(parsing: "\(digits)e\(exponent) mmol/L").siValue == Double("\(digits)e\(exponent)"))
        }
    }

    static let alphabet: [Character] =
        Array(
            "mgsAKmolcdNPaJWCVSOhmHzFTbLlrtevkunpMGTfEZYRQqyd%1234567890eE+-.,_'^*/()  \t")
        + [
            "\u{00B5}", "\u{03BC}", "\u{03A9}", "\u{2126}", "\u{00C5}", "\u{00B0}", "\u{00B7}", "\u{22C5}",
            "\u{00B2}", "\u{00B3}", "\u{207B}", "\u{00B9}", "\u{2070}", "\u{2212}", "\u{00A0}", "\n", "\u{0301}",
        ]

    static let fragments = [
        "mol", "cm", "eV", "Qm", "qm", "degC", "h", "^", "^2", "^-1", "^(1/2)", "^(1/12)", "^2000", "**", "*", "/",
        " ", "(", ")", "1", "2", "1e308", "1e-320", "9", "Pa", "min", "^0.25", "\u{00B2}", "%", "-",
    ]

    /// No text traps; an error points into the text, and what is read can be written and read again.
    ///
    /// Only failures reach the testing library, whose bookkeeping would take longer than the work.
    static func check(_ text: String) {
        do {
            let quantity = try Quantity(parsing: text)
            let again = try Quantity(parsing: quantity.formatted())
            if again.siValue != quantity.siValue || !again.siValue.isFinite { Issue.record("\(text.debugDescription)") }
        } catch {
            if error.message.isEmpty || !(0...text.count).contains(error.offset) {
                Issue.record("\(text.debugDescription): \(error) at \(error.offset)")
            }
        }
    }

    static func checkUnit(_ text: String) {
        do {
            let unit = try Unit(parsing: text)
            let factor = unit.factor
            if !(factor > 0 && factor.isFinite) { Issue.record("\(text.debugDescription)") }
        } catch {
            if error.message.isEmpty || !(0...text.count).contains(error.offset) {
                Issue.record("\(text.debugDescription): \(error) at \(error.offset)")
            }
        }
    }

    @Test(arguments: 0..<4)
    func randomCharactersNeverTrap(_ seed: UInt64) {
        var generator = SplitMix(state: seed)
        for index in 0..<10_000 {
            let length = Int.random(in: 0...12, using: &generator)
            let body = String((0..<length).compactMap { _ in Self.alphabet.randomElement(using: &generator) })
            if index.isMultiple(of: 2) { Self.checkUnit(body) } else { Self.check("3 \(body)") }
        }
    }

    @Test(arguments: 4..<8)
    func randomFragmentsNeverTrap(_ seed: UInt64) {
        var generator = SplitMix(state: seed)
        for index in 0..<40_000 {
            let length = Int.random(in: 0...9, using: &generator)
            let body = (0..<length).compactMap { _ in Self.fragments.randomElement(using: &generator) }.joined()
            if index.isMultiple(of: 2) { Self.checkUnit(body) } else { Self.check("7 \(body)") }
        }
    }

    @Test func randomBytesNeverTrap() {
        var generator = SplitMix(state: 5)
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...24, using: &generator)
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            Self.check(String(decoding: bytes, as: UTF8.self))
        }
    }
}
