import Quantities
import Testing

private let siemens = Dimension.dimensionless / .resistance
private let farad = Dimension.charge / .potential
private let weber = Dimension.potential * .time
private let tesla = weber / .area
private let henry = Dimension.resistance * .time
private let perVolume = Dimension.dimensionless / .volume
private let entropy = Dimension.molarEnergy / .temperature
private let energyTimesTemperature = Dimension.molarEnergy * .temperature

@Suite struct UnitTests {
    @Test(
        arguments: [
            ("m", Dimension.length, 1.0), ("kg", .mass, 1), ("g", .mass, 1e-3), ("s", .time, 1), ("A", .current, 1),
            ("K", .temperature, 1), ("mol", .amount, 1), ("cd", Dimension(luminousIntensity: 1), 1),
            ("N", .force, 1), ("Pa", .pressure, 1), ("J", .energy, 1), ("W", .power, 1), ("C", .charge, 1),
            ("V", .potential, 1), ("S", siemens, 1), ("ohm", .resistance, 1),
            ("Ohm", .resistance, 1), ("\u{03A9}", .resistance, 1), ("\u{2126}", .resistance, 1),
            ("kHz", .rate, 1e3), ("uF", farad, 1e-6), ("T", tesla, 1),
            ("Wb", weber, 1), ("mH", henry, 1e-3),
            ("L", .volume, 1e-3), ("ml", .volume, 1e-6), ("bar", .pressure, 1e5), ("mbar", .pressure, 100),
            ("atm", .pressure, 101325), ("min", .time, 60), ("h", .time, 3600), ("hour", .time, 3600),
            ("d", .time, 86400), ("day", .time, 86400), ("eV", .energy, 1.602176634e-19), ("Ah", .charge, 3600),
            ("mAh", .charge, 3.6), ("kWh", .energy, 3.6e6), ("angstrom", .length, 1e-10), ("\u{00C5}", .length, 1e-10),
            ("\u{212B}", .length, 1e-10), ("%", .dimensionless, 0.01), ("1", .dimensionless, 1),
            ("um", .length, 1e-6), ("\u{00B5}m", .length, 1e-6), ("\u{03BC}m", .length, 1e-6), ("dam", .length, 10),
            ("qm", .length, 1e-30), ("rm", .length, 1e-27), ("ym", .length, 1e-24), ("zm", .length, 1e-21),
            ("am", .length, 1e-18), ("fm", .length, 1e-15), ("pm", .length, 1e-12), ("nm", .length, 1e-9),
            ("mm", .length, 1e-3), ("cm", .length, 1e-2), ("dm", .length, 1e-1), ("hm", .length, 1e2),
            ("km", .length, 1e3), ("Mm", .length, 1e6), ("Gm", .length, 1e9), ("Tm", .length, 1e12),
            ("Pm", .length, 1e15), ("Em", .length, 1e18), ("Zm", .length, 1e21), ("Ym", .length, 1e24),
            ("Rm", .length, 1e27), ("Qm", .length, 1e30),
        ] as [(String, Dimension, Double)])
    func names(_ text: String, _ dimension: Dimension, _ factor: Double) throws {
        let unit = try Unit(parsing: text)
        #expect(unit.dimension == dimension)
        #expect(unit.factor == factor)
        #expect(unit.offset == 0)
        #expect(unit.text == text)
    }

    @Test(
        arguments: [
            ("mA/cm^2", Dimension.currentDensity, 10.0), ("mA cm^-2", .currentDensity, 10),
            ("mA*cm-2", .currentDensity, 10),
            ("mA\u{00B7}cm\u{207B}\u{00B2}", .currentDensity, 10), ("mA\u{22C5}cm**-2", .currentDensity, 10),
            ("mol m-3", .concentration, 1), ("cm2", .area, 1e-4), ("cm\u{00B2}", .area, 1e-4),
            ("m\u{2212}3", perVolume, 1),
            ("1/s", .rate, 1), ("1 / s", .rate, 1), ("1/(m s)", Dimension(length: -1, time: -1), 1),
            ("J/(mol K)", entropy, 1),
            ("J/mol*K", energyTimesTemperature, 1), ("J/mol/K", entropy, 1),
            ("K J/mol", energyTimesTemperature, 1), ("(m^2/s)^2 / (m s)", Dimension(length: 3, time: -3), 1),
            ("(m)", .length, 1), ("( m s ) / s", .length, 1), ("m^0.5*m^(1/2)", .length, 1),
            ("m^(+1/4) m^(-0.25)", .dimensionless, 1),
            ("m^(1/3)*m^(2/3)", .length, 1), ("h^0.5 h^0.5", .time, 3600), ("cm^(1/2) cm^(1/2)", .length, 0.01),
            ("m^+2", .area, 1), ("m^0", .dimensionless, 1), ("km/h", .velocity, 0.2777777777777778),
            ("1/min", .rate, 0.016666666666666666),
            ("nm/day", .velocity, 1.1574074074074074e-14), ("mAh/cm^2", .chargePerArea, 36000),
            ("%/h", .rate, 2.777777777777778e-6),
            ("um^10", Dimension(length: 10), 1e-60), ("eV^4/eV^3", .energy, 1.602176634e-19),
            ("min^20/min^19", .time, 60),
        ] as [(String, Dimension, Double)])
    func grammar(_ text: String, _ dimension: Dimension, _ factor: Double) throws {
        let unit = try Unit(parsing: text)
        #expect(unit.dimension == dimension)
        #expect(unit.factor == factor)
        #expect(unit.description == text)
    }

    @Test(
        arguments: [
            ("m^(1/2)", 1.0), ("mm^(1/2)", 0.03162277660168379), ("km^(1/3)", 10), ("um^(1/3)", 0.01),
            ("nm^(1/4)", 0.005623413251903491), ("g^(1/12)", 0.5623413251903491), ("min^(1/2)", 7.745966692414834),
            ("h^(1/2)", 60), ("atm^(1/3)", 46.61999301746944), ("1/h^(1/2)", 0.016666666666666666),
            ("(mm/h)^(1/6)", 0.08077610662781481),
        ] as [(String, Double)])
    func roots(_ text: String, _ factor: Double) throws {
        let found = try Unit(parsing: text).factor
        #expect(abs(found / factor - 1) < 1e-12)
        let degree = text.hasSuffix("(1/12)") ? 12 : text.hasSuffix("(1/6)") ? 6 : Int(String(text.dropLast().last!))!
        let base = try Unit(parsing: text.replacing("^(1/\(degree))", with: "")).factor
        let power = (0..<degree).reduce(1.0) { product, _ in product * found }
        #expect(abs(power / base - 1) < 1e-14)
    }

    @Test func celsius() throws {
        for text in ["degC", "\u{00B0}C", " degC "] {
            let unit = try Unit(parsing: text)
            #expect(unit.dimension == .temperature)
            #expect(unit.factor == 1)
            #expect(unit.offset == 273.15)
            #expect(unit.isCelsius)
        }
        #expect(try !Unit(parsing: "K").isCelsius)
    }

    @Test(
        arguments: [
            ("eV", true), ("meV", true), ("keV*s/s", true), ("eV^2/eV", true), ("J", false), ("J*eV/eV", false),
            ("eV/K", false), ("eV/mol", false), ("kWh", false),
        ] as [(String, Bool)])
    func energyPerParticle(_ text: String, _ expected: Bool) throws {
        #expect(try Unit(parsing: text).isEnergyPerParticle == expected)
    }

    @Test func keepsTheUsersText() throws {
        #expect(try Unit(parsing: "  mA / cm**2 ").text == "mA / cm**2")
        #expect(Unit.none.text.isEmpty)
        #expect(Unit.none.dimension == .dimensionless)
        #expect(try Unit(parsing: "um") != Unit(parsing: "\u{00B5}m"))
    }

    @Test(
        arguments: [
            ("umm", "unknown unit `umm`, did you mean `um`?", 0),
            ("Kg", "unknown unit `Kg`, did you mean `kg`?", 0),
            ("mA/cmm^2", "unknown unit `cmm`, did you mean `cm`?", 3),
            ("MPA", "unknown unit `MPA`, did you mean `MPa`?", 0),
            ("mAhr", "unknown unit `mAhr`, did you mean `mAh`?", 0),
            ("moll", "unknown unit `moll`, did you mean `mol`?", 0),
            ("1/sec", "unknown unit `sec`, did you mean `s`?", 2),
            ("micron", "unknown unit `micron`, did you mean `um`?", 0),
            ("M", "unknown unit `M`, did you mean `mol/L`?", 0),
            ("k", "unknown unit `k`, did you mean `K`?", 0),
            ("x", "unknown unit `x`", 0),
            ("furlong", "unknown unit `furlong`", 0),
            ("mmin", "unknown unit `mmin`, did you mean `min`?", 0),
            ("", "expected a unit, found empty text", 0),
            ("  ", "expected a unit, found empty text", 0),
            ("J/mol K", "`J/mol K` is ambiguous, write `J/(mol K)` or `J/mol*K`", 6),
            ("A s/m^2 K^2 s", "`A s/m^2 K^2` is ambiguous, write `A s/(m^2 K^2)` or `A s/m^2*K^2`", 8),
            ("J / mol*K  s", "`J / mol*K  s` is ambiguous, write `J/(mol*K s)` or `J/mol*K*s`", 11),
            ("1/(J/mol K)", "`J/mol K` is ambiguous, write `J/(mol K)` or `J/mol*K`", 9),
            ("degC/s", "`degC` stands only by itself, as in `25 degC`; write `K` in products, quotients and powers", 0),
            (
                "J/\u{00B0}C",
                "`\u{00B0}C` stands only by itself, as in `25 degC`; write `K` in products, quotients and powers", 2
            ),
            ("degC^2", "`degC` stands only by itself, as in `25 degC`; write `K` in products, quotients and powers", 0),
            ("/s", "expected a unit before `/` (a rate is written `1/s`)", 0),
            ("m/", "expected a unit after `/`", 2),
            ("m * ", "expected a unit after `*`", 3),
            ("m/*s", "expected a unit after `/`", 2),
            ("()", "expected a unit after `(`", 1),
            ("(m", "`(` without its `)`", 0),
            ("m/(s", "`(` without its `)`", 2),
            ("m)", "`)` without its `(`", 1),
            ("m(s)", "a product before `(` needs a blank or `*`", 1),
            ("m.s", "unexpected `.` in a unit, write a product with a blank or `*`", 1),
            ("m$", "unexpected `$` in a unit", 1),
            ("$", "unexpected `$` in a unit", 0),
            ("m -3", "unexpected `-` in a unit", 2),
            ("2 m", "a unit cannot hold the number `2` (fractional powers are written as in `m^(1/2)`)", 0),
            ("m^1/2", "a unit cannot hold the number `2` (fractional powers are written as in `m^(1/2)`)", 4),
            ("m^", "expected a power such as `2`, `-1` or `(1/2)`", 2),
            ("m^x", "expected a power such as `2`, `-1` or `(1/2)`", 2),
            ("m^1.", "expected a power such as `2`, `-1` or `(1/2)`", 2),
            ("m^(1/)", "expected a power such as `2`, `-1` or `(1/2)`", 2),
            ("m^(1", "expected a power such as `2`, `-1` or `(1/2)`", 2),
            ("m\u{207B}", "expected a power such as `2`, `-1` or `(1/2)`", 1),
            ("m^2^3", "`^` must stand right after the unit it raises, which takes one power", 3),
            ("m ^2", "`^` must stand right after the unit it raises, which takes one power", 2),
            (
                "m^0.33",
                "the power `0.33` is not a multiple of 1/12 within +-2730 (a third is written as in `m^(1/3)`)", 2
            ),
            (
                "m^(1/0)",
                "the power `(1/0)` is not a multiple of 1/12 within +-2730 (a third is written as in `m^(1/3)`)", 2
            ),
            (
                "m99999999999999999999",
                "the power `99999999999999999999` is not a multiple of 1/12 within +-2730 (a third is written as in"
                    + " `m^(1/3)`)", 1
            ),
            ("km^200", "the factor or the powers of `km^200` are out of range", 0),
            ("m^2000 m^2000", "the factor or the powers of `m^2000 m^2000` are out of range", 0),
            ("(m^(1/12))^(1/12)", "the factor or the powers of `(m^(1/12))^(1/12)` are out of range", 0),
            ("((Qm/m)^2000)^2000", "the factor or the powers of `(Qm/m)^2000` are out of range", 1),
        ] as [(String, String, Int)])
    func refusals(_ text: String, _ message: String, _ offset: Int) {
        let found = error { () throws(QuantityError) in try Unit(parsing: text) }
        #expect(found?.message == message)
        #expect(found?.offset == offset)
        #expect(found?.description == message)
    }

    @Test func longNonsenseIsQuotedInPart() {
        let found = error { () throws(QuantityError) in try Unit(parsing: String(repeating: "z", count: 100_000)) }
        #expect(found?.message == "unknown unit `\(String(repeating: "z", count: 40))...`")
    }

    @Test func deepNestingIsRefused() {
        let text = String(repeating: "(", count: 100_000)
        let found = error { () throws(QuantityError) in try Unit(parsing: text) }
        #expect(found == QuantityError("parentheses are nested more than 32 deep", at: 32))
    }
}
