/// The units that can be named, and the SI prefixes.
///
/// Sources: BIPM, The International System of Units, 9th edition (2019), tables 2 to 4, 7 and 8, for the prefixes, the
/// named SI units and the units accepted beside them; the standard atmosphere is 101325 Pa exactly (CGPM 1954).
enum UnitCatalogue {
    /// How a unit behaves besides its dimension and factor.
    enum Kind: Hashable, Sendable {
        case ordinary
        /// The electronvolt, an energy of one particle.
        case electronvolt
        /// The degree Celsius, whose zero is not the zero of its dimension.
        case celsius
    }

    struct Entry: Sendable {
        let dimension: Dimension
        let scale: Scale
        let kind: Kind
        let takesPrefix: Bool
    }

    private static func entry(
        _ dimension: Dimension, _ value: UInt64 = 1, powerOfTen: Int = 0, prefixed: Bool = true, kind: Kind = .ordinary
    ) -> Entry {
        Entry(
            dimension: dimension, scale: Scale(value, powerOfTen: powerOfTen), kind: kind, takesPrefix: prefixed)
    }

    /// The spellings of each unit. String comparison is by canonical equivalence, so that the one omega stands for
    /// U+03A9 and U+2126, and the one ring-A for U+00C5 and U+212B.
    private static let spellings: [(names: [String], entry: Entry)] = [
        (["m"], entry(.length)),
        (["g"], entry(.mass, powerOfTen: -3)),
        (["s"], entry(.time)),
        (["A"], entry(.current)),
        (["K"], entry(.temperature)),
        (["mol"], entry(.amount)),
        (["cd"], entry(Dimension(luminousIntensity: 1))),
        (["N"], entry(.force)),
        (["Pa"], entry(.pressure)),
        (["J"], entry(.energy)),
        (["W"], entry(.power)),
        (["C"], entry(.charge)),
        (["V"], entry(.potential)),
        (["S"], entry(.dimensionless / .resistance)),
        (["ohm", "Ohm", "\u{03A9}"], entry(.resistance)),
        (["Hz"], entry(.rate)),
        (["F"], entry(.charge / .potential)),
        (["Wb"], entry(.potential * .time)),
        (["T"], entry(.potential * .time / .area)),
        (["H"], entry(.resistance * .time)),
        (["L", "l"], entry(.volume, powerOfTen: -3)),
        (["bar"], entry(.pressure, powerOfTen: 5)),
        (["eV"], entry(.energy, 1_602_176_634, powerOfTen: -28, kind: .electronvolt)),
        (["Ah"], entry(.charge, 3600)),
        (["Wh"], entry(.energy, 3600)),
        (["min"], entry(.time, 60, prefixed: false)),
        (["h", "hour"], entry(.time, 3600, prefixed: false)),
        (["d", "day"], entry(.time, 86400, prefixed: false)),
        (["atm"], entry(.pressure, 101_325, prefixed: false)),
        (["angstrom", "\u{00C5}"], entry(.length, powerOfTen: -10, prefixed: false)),
        (["%"], entry(.dimensionless, powerOfTen: -2, prefixed: false)),
        (["degC", "\u{00B0}C"], entry(.temperature, prefixed: false, kind: .celsius)),
    ]

    /// The prefixes. The micro sign (U+00B5) and the Greek mu (U+03BC) are not canonically equivalent.
    private static let prefixes: [(symbol: String, powerOfTen: Int)] = [
        ("da", 1), ("h", 2), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18), ("Z", 21), ("Y", 24),
        ("R", 27), ("Q", 30), ("d", -1), ("c", -2), ("m", -3), ("u", -6), ("\u{00B5}", -6), ("\u{03BC}", -6),
        ("n", -9), ("p", -12), ("f", -15), ("a", -18), ("z", -21), ("y", -24), ("r", -27), ("q", -30),
    ]

    private static let entries = Dictionary(
        spellings.flatMap { spelling in spelling.names.map { ($0, spelling.entry) } },
        uniquingKeysWith: { first, _ in first })

    /// What people write for a unit that no edit distance leads to.
    private static let colloquial: [String: String] = [
        "sec": "s", "second": "s", "seconds": "s", "minute": "min", "minutes": "min", "hr": "h", "hrs": "h",
        "hours": "h", "days": "d", "micron": "um", "microns": "um", "metre": "m", "meter": "m", "amp": "A",
        "ampere": "A", "volt": "V", "volts": "V", "kelvin": "K", "celsius": "degC", "Celsius": "degC", "deg": "degC",
        "\u{00B0}": "degC", "percent": "%", "M": "mol/L", "mM": "mmol/L",
    ]

    /// The unit of a name, with or without a prefix. The bare name wins, so that `min` is a minute and `cd` a candela.
    static func entry(named name: String) -> Entry? {
        if let entry = entries[name] { return entry }
        for (symbol, powerOfTen) in prefixes where name.hasPrefix(symbol) {
            guard let entry = entries[String(name.dropFirst(symbol.count))], entry.takesPrefix,
                let scale = entry.scale.multiplied(by: Scale(powerOfTen: powerOfTen))
            else { continue }
            return Entry(dimension: entry.dimension, scale: scale, kind: entry.kind, takesPrefix: false)
        }
        return nil
    }

    /// The names worth suggesting, the usual ones first: of two equally close ones the earlier is suggested.
    private static let suggestions: [String] = {
        let bare = spellings.flatMap(\.names)
        let prefixable = spellings.filter(\.entry.takesPrefix).compactMap(\.names.first)
        let usualPrefixes = ["u", "m", "n", "k", "c", "M", "p", "G", "f"]
        return bare + usualPrefixes.flatMap { prefix in prefixable.map { prefix + $0 } }
    }()

    /// The unit that an unknown name most likely stands for.
    static func suggestion(for name: String) -> String? {
        colloquial[name] ?? closestMatch(to: name, among: suggestions)
    }
}
