import Cases
/// How a process works on a study, for provenance: each process that adds rows leaves one.
public struct StudySession: Sendable, Hashable {
    /// The engine that solves the points, such as `general`.
    public var engine: String
    /// The command and its arguments as a shell would need them.
    public var commandLine: String
    /// The machine.
    public var host: String
    /// When it began, ISO 8601 with zone.
    public var date: String

    /// A session of this process, which begins now.
    ///
    /// - Parameter commandLine: the command and its arguments.
    public init(engine: String, commandLine: [String]) {
        self.engine = engine
        self.commandLine = commandLine.map(\.shellWord).joined(separator: " ")
        host = Machine.host
        date = Machine.now()
    }

    /// A session read from a journal.
    init(engine: String, commandLine: String, host: String, date: String) {
        self.engine = engine
        self.commandLine = commandLine
        self.host = host
        self.date = date
    }
}
