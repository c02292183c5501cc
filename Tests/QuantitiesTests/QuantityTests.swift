import Quantities
import Testing

@Suite struct QuantityTests {
    /// The SI value is the very double that the same number written in SI units would be.
    @Test(
        arguments: [
            ("5 um", 5.0, 5e-6, Dimension.length), ("140 nm", 140, 140e-9, .length),
            ("1 mA/cm^2", 1, 10, .currentDensity), ("69.6 mmol/cm^3", 69.6, 69600, .concentration),
            ("6e-11 cm^2/s", 6e-11, 6e-15, .diffusivity), ("13.0e-6 m^3/mol", 13e-6, 13e-6, .molarVolume),
            ("13 cm^3/mol", 13, 13e-6, .molarVolume), ("1e-15m^2/s", 1e-15, 1e-15, .diffusivity),
            ("25 degC", 25, 298.15, .temperature), ("25\u{00B0}C", 25, 298.15, .temperature),
            ("-273.15 degC", -273.15, 0, .temperature), ("0.1 degC", 0.1, 273.25, .temperature),
            ("-0.05 degC", -0.05, 273.1, .temperature), ("1e3 degC", 1000, 1273.15, .temperature),
            ("0.57 eV", 0.57, 9.1324068138e-20, .energy), ("5eV", 5, 8.01088317e-19, .energy),
            ("55 kJ/mol", 55, 55000, .molarEnergy), ("5 MPa", 5, 5e6, .pressure),
            ("3 mAh/cm^2", 3, 108000, .chargePerArea), ("2 h", 2, 7200, .time), ("2h", 2, 7200, .time),
            ("0.3", 0.3, 0.3, .dimensionless), ("+.5", 0.5, 0.5, .dimensionless), ("5.", 5, 5, .dimensionless),
            ("-5 um", -5, -5e-6, .length), ("\u{2212}5 um", -5, -5e-6, .length), ("+5 um", 5, 5e-6, .length),
            ("  5\tum  ", 5, 5e-6, .length), ("5\u{00A0}\u{00B5}m", 5, 5e-6, .length),
            ("30 %", 30, 0.3, .dimensionless),
            ("0 um", 0, 0, .length), ("0e999 um", 0, 0, .length), ("1E2 nm", 100, 1e-7, .length),
            ("5 1/s", 5, 5, .rate), ("1 s^-1", 1, 1, .rate), ("0.1 km/h", 0.1, 0.027777777777777776, .velocity),
            ("000.100e0003 m", 100, 100, .length), ("1 atm", 1, 101325, .pressure),
        ] as [(String, Double, Double, Dimension)])
    func reads(_ text: String, _ value: Double, _ siValue: Double, _ dimension: Dimension) throws {
        let quantity = try Quantity(parsing: text)
        #expect(quantity.value == value)
        #expect(quantity.siValue == siValue)
        #expect(try quantity.siValue(as: dimension) == siValue)
    }

    @Test func longNumeralsRoundOnce() throws {
        // Halfway between 1 and the next double, and a hair above it.
        let tie = "1.00000000000000011102230246251565404236316680908203125"
        #expect(try Quantity(parsing: "\(tie) m").siValue == 1)
        #expect(try Quantity(parsing: "\(tie)000000000000000000000000000001 m").siValue == 1.0.nextUp)
        let zeros = String(repeating: "0", count: 5000)
        #expect(try Quantity(parsing: "0.\(zeros)1e5001 um").siValue == 1e-6)
        #expect(try Quantity(parsing: "1\(zeros)e-5000 um").siValue == 1e-6)
        // A metre per hour is 1/3600 m/s, which never ends in decimal.
        #expect(try Quantity(parsing: "3600 m/h").siValue == 1)
        #expect(try Quantity(parsing: "10 m/h").siValue == 10.0 / 3600)
    }

    @Test(
        arguments: [
            ("", "expected a number with its unit, found empty text", 0),
            ("   ", "expected a number with its unit, found empty text", 0),
            ("um", "expected a number and then its unit, as in `5 um`, found `um`", 0),
            (" um 5", "expected a number and then its unit, as in `5 um`, found `um 5`", 1),
            ("-", "expected a number and then its unit, as in `5 um`, found `-`", 0),
            (". m", "expected a number and then its unit, as in `5 um`, found `. m`", 0),
            ("nan", "`nan` is not a finite number", 0),
            ("NaN um", "`NaN um` is not a finite number", 0),
            ("-inf", "`-inf` is not a finite number", 0),
            ("Infinity s", "`Infinity s` is not a finite number", 0),
            ("0x10 um", "hexadecimal numbers are not read, write the number in decimal", 0),
            ("0x1p3", "hexadecimal numbers are not read, write the number in decimal", 0),
            ("1,000 um", "unexpected `,` in a number, use a point for decimals and no thousands separators", 1),
            ("1.5,3 um", "unexpected `,` in a number, use a point for decimals and no thousands separators", 3),
            ("1_000 um", "unexpected `_` in a number, use a point for decimals and no thousands separators", 1),
            ("1'000 um", "unexpected `'` in a number, use a point for decimals and no thousands separators", 1),
            ("1 000 um", "two numbers in a row, use a point for decimals and no blanks inside a number", 2),
            ("1e999 m", "`1e999` is too large for a double-precision number", 0),
            ("-1e999999999999999999999 m", "`-1e999999999999999999999` is too large for a double-precision number", 0),
            ("1e300 Qm", "`1e300 Qm` is too large for a double-precision number", 0),
            ("1e-999 m", "`1e-999` is too small for a double-precision number", 0),
            ("1e-330", "`1e-330` is too small for a double-precision number", 0),
            ("1e-300 qm", "`1e-300 qm` is too small for a double-precision number", 0),
            ("-300 degC", "`-300 degC` lies below absolute zero", 0),
            ("5 umm", "unknown unit `umm`, did you mean `um`?", 2),
            (" 5umm", "unknown unit `umm`, did you mean `um`?", 2),
            ("8.314 J/mol K", "`J/mol K` is ambiguous, write `J/(mol K)` or `J/mol*K`", 12),
            ("5 /s", "expected a unit before `/` (a rate is written `1/s`)", 2),
            (
                "5 degC/s",
                "`degC` stands only by itself, as in `25 degC`; write `K` in products, quotients and powers", 2
            ),
            ("1.2.3 m", "unexpected `.` in a unit, write a product with a blank or `*`", 3),
            ("5e m", "unknown unit `e`", 1),
            ("--5 m", "expected a number and then its unit, as in `5 um`, found `--5 m`", 0),
        ] as [(String, String, Int)])
    func refusals(_ text: String, _ message: String, _ offset: Int) {
        let found = error { () throws(QuantityError) in try Quantity(parsing: text) }
        #expect(found?.message == message)
        #expect(found?.offset == offset)
    }

    @Test(
        arguments: [
            (
                "3 mA/cm^2", Dimension.length, "expected a length (such as `um`), found a current density in `mA/cm^2`",
                2
            ),
            ("  5", .length, "expected a length with its unit (such as `5 um`), found the bare number 5", 3),
            ("25", .temperature, "expected a temperature with its unit (such as `25 K`), found the bare number 25", 2),
            (
                "55 kJ", .molarEnergy,
                "expected a molar energy (such as `kJ/mol`), found an energy in `kJ`; did you mean `kJ/mol`?", 3
            ),
            (
                "25 C", .temperature,
                "expected a temperature (such as `K`), found a charge in `C`; did you mean `degC`?", 3
            ),
            ("5 um", .dimensionless, "expected a dimensionless number (such as `0.3`), found a length in `um`", 2),
            ("5 %", .length, "expected a length (such as `um`), found a dimensionless number in `%`", 2),
            ("5 um", .area, "expected an area (such as `cm^2`), found a length in `um`", 2),
            (
                "5 L/kg", .length,
                "expected a length (such as `um`), found a quantity of dimension m^3 kg^-1 in `L/kg`", 2
            ),
            (
                "5 um", Dimension(length: 1, mass: -1),
                "expected a quantity of dimension m kg^-1 (such as `m kg^-1`), found a length in `um`", 2
            ),
            ("1 eV", .potential, "expected a potential (such as `mV`), found an energy in `eV`", 2),
            (
                "1 eV/K", .molarEnergy,
                "expected a molar energy (such as `kJ/mol`), found a quantity of dimension"
                    + " kg m^2 s^-2 K^-1 in `eV/K`", 2
            ),
        ] as [(String, Dimension, String, Int)])
    func mismatches(_ text: String, _ expected: Dimension, _ message: String, _ offset: Int) throws {
        let quantity = try Quantity(parsing: text)
        let found = error { () throws(QuantityError) in try quantity.siValue(as: expected) }
        #expect(found?.message == message)
        #expect(found?.offset == offset)
    }

    @Test func energyPerParticleServesAsMolarEnergy() throws {
        let barrier = try Quantity(parsing: "0.57 eV")
        let molar = try barrier.siValue(as: .molarEnergy)
        #expect(abs(molar - 0.57 * 96485.33212) < 1e-5)
        #expect(abs(molar - 54997) < 1)
        #expect(try barrier.siValue(as: .energy) == barrier.siValue)
        let inKilojoules = try barrier.converted(to: Unit(parsing: "kJ/mol"))
        #expect(inKilojoules.formatted(significantDigits: 5) == "54.997 kJ/mol")
        let millis = try Quantity(parsing: "570 meV").siValue(as: .molarEnergy)
        #expect(abs(millis / molar - 1) < 1e-15)
    }

    @Test(
        arguments: [
            ("5 um", "nm", "5000 nm"), ("25 degC", "K", "298.15 K"), ("298.15 K", "degC", "25 degC"),
            ("1 mA/cm^2", "A/m^2", "10 A/m^2"), ("3 mAh/cm^2", "C/m^2", "108000 C/m^2"), ("90 min", "h", "1.5 h"),
            ("1 h", "min", "60 min"), ("1 m/s", "km/h", "3.6 km/h"), ("1 atm", "bar", "1.01325 bar"),
            ("69600 mol/m^3", "mmol/cm^3", "69.6 mmol/cm^3"), ("0.3", "%", "30 %"), ("0.3", "1", "0.3 1"),
            ("8.01088317e-19 J", "eV", "5 eV"), ("0 K", "degC", "-273.15 degC"), ("1 Qm", "qm", "1e60 qm"),
        ] as [(String, String, String)])
    func converts(_ text: String, _ unit: String, _ expected: String) throws {
        let converted = try Quantity(parsing: text).converted(to: Unit(parsing: unit))
        #expect(converted.formatted() == expected)
        #expect(converted == (try Quantity(parsing: expected)))
    }

    @Test func refusesToConvertBetweenDimensions() throws {
        let length = try Quantity(parsing: "5 um")
        let second = try Unit(parsing: "s")
        let found = error { () throws(QuantityError) in try length.converted(to: second) }
        #expect(found == QuantityError("expected a time (such as `s`), found a length in `um`", at: 2))
    }

    @Test(
        arguments: [
            ("5.0 um", "5 um"), ("0.10 um", "0.1 um"), ("6e-11 cm^2/s", "6e-11 cm^2/s"), ("1e3 m", "1000 m"),
            ("0.0001 m", "0.0001 m"), ("0.00001 m", "1e-5 m"), ("123456789 m", "123456789 m"), ("1e9 m", "1e9 m"),
            ("1234567890 m", "1.23456789e9 m"), ("-2.5e-9 m", "-2.5e-9 m"), ("0.30", "0.3"), ("0 m", "0 m"),
            ("-0 m", "-0 m"), ("25.0 degC", "25 degC"), ("0.57 eV", "0.57 eV"), ("1.50 h", "1.5 h"),
            ("7 m / h", "7 m / h"), ("0.012345 m", "0.012345 m"), ("1e300 m", "1e300 m"),
        ] as [(String, String)])
    func formats(_ text: String, _ expected: String) throws {
        let quantity = try Quantity(parsing: text)
        #expect(quantity.formatted() == expected)
        #expect("\(quantity)" == expected)
    }

    @Test(
        arguments: [
            ("5 um", 3, "5.00 um"), ("6e-11 cm^2/s", 2, "6.0e-11 cm^2/s"), ("123456 m", 3, "1.23e5 m"),
            ("123456 m", 6, "123456 m"), ("123456 m", 8, "123456.00 m"), ("0.15 um", 1, "0.2 um"),
            ("0.99 um", 1, "1 um"), ("-99.96 m", 3, "-100 m"), ("-99.96 m", 0, "-1e2 m"), ("0 m", 3, "0 m"),
            ("0.0012345 m", 2, "0.0012 m"), ("25 degC", 4, "25.00 degC"), ("1 m/h", 2, "1.0 m/h"),
            ("0.3", 99, "0.30000000000000000"), ("25 m", 1, "3e1 m"),
        ] as [(String, Int, String)])
    func formatsToSignificantDigits(_ text: String, _ count: Int, _ expected: String) throws {
        #expect(try Quantity(parsing: text).formatted(significantDigits: count) == expected)
    }

    @Test func buildsFromNumbers() throws {
        let micrometre = try Unit(parsing: "um")
        let written = Quantity(5, micrometre)
        #expect(written.siValue == 5e-6)
        #expect(written.unitOffset == 0)
        #expect(written == (try Quantity(parsing: "  5 um")))
        #expect(Set([written, try Quantity(parsing: "5 um")]).count == 1)
        #expect(Quantity(siValue: 5e-6, unit: micrometre) == written)
        #expect(Quantity(0.3, .none).formatted() == "0.3")
        #expect(Quantity(siValue: 298.15, unit: try Unit(parsing: "degC")).value == 25)
    }

    @Test func keepsNumbersThatAreNotFinite() throws {
        let unit = try Unit(parsing: "um/h")
        #expect(Quantity(.nan, unit).siValue.isNaN)
        #expect(Quantity(siValue: .nan, unit: unit).value.isNaN)
        #expect(Quantity(siValue: -.infinity, unit: unit).formatted() == "-inf um/h")
        #expect(Quantity(siValue: .nan, unit: unit).formatted(significantDigits: 3) == "nan um/h")
        #expect(Quantity(siValue: 1e300, unit: try Unit(parsing: "qm")).value == .infinity)
    }
}
