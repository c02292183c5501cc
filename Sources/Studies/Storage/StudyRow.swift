/// What came out of one point of a study.
public struct StudyRow: Sendable, Equatable {
    /// How a point ended. The raw values are those of the table.
    public enum Status: UInt8, Sendable, CaseIterable {
        /// The run came to its end.
        case finished = 0
        /// The run failed; the row says why.
        case failed = 1
        /// The point has no row yet.
        case missing = 2
    }

    /// Number of the point, from 0.
    public var point: Int
    /// How the run ended; a row that is stored is never `missing`.
    public var status: Status
    /// The kept results in the order of ``StudyColumns/kept`` and in SI units; NaN where the run has none.
    public var values: [Double]
    /// An estimate of the numerical error of each value, in its unit; NaN where none was made.
    public var errors: [Double]
    /// Time steps taken; 0 when unknown.
    public var steps: Int
    /// CPU time of the solution, s.
    public var cpuTime: Double
    /// What ended the last step of the protocol; empty when unknown.
    public var end: String
    /// Why the run failed; empty when it did not.
    public var reason: String

    /// A row with the given parts.
    public init(
        point: Int, status: Status, values: [Double], errors: [Double], steps: Int = 0, cpuTime: Double,
        end: String = "", reason: String = ""
    ) {
        self.point = point
        self.status = status
        self.values = values
        self.errors = errors
        self.steps = steps
        self.cpuTime = cpuTime
        self.end = end
        self.reason = reason
    }

    /// The row of a point that failed: no results, and the reason in one sentence.
    public static func failed(
        point: Int, columns: StudyColumns, steps: Int = 0, cpuTime: Double, reason: String
    ) -> StudyRow {
        let nothing = [Double](repeating: .nan, count: columns.kept.count)
        return StudyRow(
            point: point, status: .failed, values: nothing, errors: nothing, steps: steps, cpuTime: cpuTime,
            reason: reason)
    }
}
