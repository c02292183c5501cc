/// A length of wall time as Slurm writes it: `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours`,
/// `days-hours:minutes` or `days-hours:minutes:seconds`.
public struct WallTime: Sendable, Hashable {
    /// The text as it was given.
    public let text: String
    /// The time, s.
    public let seconds: Int

    /// The forms that users need, for messages.
    public static let examples = "30 (minutes), 3:59:00 or 2-12 (days and hours)"

    /// Reads a time; nil when the text is none, or is less than a second.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count <= 2, let clock = parts.last else { return nil }
        let fields = clock.split(separator: ":", omittingEmptySubsequences: false).map { field in
            field.count <= 6 && field.allSatisfy { ("0"..."9").contains($0) } ? Int(field) : nil
        }
        let numbers = fields.compactMap(\.self)
        guard numbers.count == fields.count, numbers.count <= 3 else { return nil }
        let units: [Int]
        var days = 0
        if parts.count == 2 {
            guard parts[0].count <= 4, parts[0].allSatisfy({ ("0"..."9").contains($0) }), let number = Int(parts[0])
            else { return nil }
            days = number
            units = [3600, 60, 1]
        } else {
            units = [[60], [60, 1], [3600, 60, 1]][numbers.count - 1]
        }
        seconds = zip(numbers, units).reduce(days * 86_400) { $0 + $1.0 * $1.1 }
        guard seconds >= 1 else { return nil }
        self.text = text
    }
}
