/// How a run stands, as the root attribute `status` says.
public enum RunStatus: String, Sendable, Hashable, CaseIterable {
    /// The run goes on; in a file that no process writes, it was killed.
    case running
    /// The run reached its end.
    case finished
    /// The run was asked to stop before its end.
    case interrupted
    /// The run met an error.
    case failed
}
