import Foundation

/// Numbers that a test has measured and asserted, kept for docs/verification.md.
///
/// With MESOLITH_VERIFICATION set to a directory, `scripts/docs` collects what is recorded there.
public enum Verification {
    /// A chapter of the page; its raw value orders the page.
    public enum Chapter: String, Sendable {
        case slab = "1 Constant current into a finite slab, exact series"
        case space = "2 Order in space, manufactured solutions with D(c)"
        case time = "3 Order in time"
        case limits = "4 Limits, conservation and the host frame"
        case thermodynamics = "5 Phase equilibrium of Li-Mg (COST 507), 298.15 K"
        case flow = "6 Creep of lithium: laws and local integration"
        case chemoMechanics = "7 Chemo-mechanics: elements, coupling, energy"
        case studies = "8 Parameter studies: eight layers at once"
        case fluxBalance = "9 Flux balance: voids, creep, contact and pressure"
        case voidClosure = "10 Void closure by creep"
    }

    private struct Record: Encodable {
        let chapter: String
        let quantity: String
        let expected: String
        let found: String
        let deviation: String
        let bound: String
    }

    /// Keeps one line of the page.
    public static func record(
        _ chapter: Chapter, _ quantity: String, expected: String, found: String, deviation: Double, bound: Double
    ) {
        guard let directory = ProcessInfo.processInfo.environment["MESOLITH_VERIFICATION"] else { return }
        let record = Record(
            chapter: chapter.rawValue, quantity: quantity, expected: expected, found: found,
            deviation: String(format: "%.1e", deviation), bound: String(format: "%.0e", bound))
        guard let line = try? JSONEncoder().encode(record) else { return }
        let name = "\(directory)/\(UUID().uuidString).json"
        try? line.write(to: URL(fileURLWithPath: name))
    }
}

/// The slope of log(error) over log(size) between the last two of a sequence of refinements.
public func observedOrder(errors: [Double], sizes: [Double]) -> Double {
    let last = errors.count - 1
    return log(errors[last - 1] / errors[last]) / log(sizes[last - 1] / sizes[last])
}
