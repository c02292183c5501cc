/// What the table of a study holds.
public struct StudyCollection: Sendable, Hashable {
    /// Points whose run came to its end.
    public var finished = 0
    /// Points whose run failed.
    public var failed = 0
    /// Points without a row.
    public var missing = 0
    /// CPU time of all solutions, s.
    public var cpuTime = 0.0
    /// Path of study.h5.
    public var tablePath: String
    /// Path of study.csv; nil when it was not asked for.
    public var csvPath: String?
    /// The processes that worked on the study, share after share.
    public var sessions: [StudySession] = []
    /// The journals that are damaged, each in one sentence with what follows.
    public var warnings: [String] = []
}
