import Checkpoints

/// Takes what a model computes while it runs: to a file, to a terminal, or nowhere.
///
/// A model calls these in the order of time and knows nothing of where the numbers go.
public protocol RunObserver: AnyObject {
    /// Called once before anything else with what the run will deliver.
    func begin(_ outline: RunOutline) throws
    /// The scalars after an accepted step, in the order of ``RunOutline/series``.
    func record(time: Double, row: [Double]) throws
    /// The fields at a time.
    ///
    /// - Parameters:
    ///   - points: the points of the mesh, m, in the order of ``RunOutline/mesh``; those of a line have y = 0.
    ///   - fields: the fields of ``RunOutline/fields`` one after the other, each point after point; a vector has its
    ///     components together, (x, y) of the first point, then (x, y) of the next.
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) throws
    /// Called after each accepted step, when all of it is recorded: how far the run is. The answer says what the run does next.
    func progress(_ progress: RunProgress) throws -> RunDirective
    /// Takes the state from which the run can go on, after an answer that asks for it and before anything else is recorded.
    func save(_ state: SavedState) throws
}

/// What a run does after a time step.
public enum RunDirective: Sendable, Hashable {
    /// Goes on.
    case goOn
    /// Saves its state, and goes on.
    case save
    /// Saves its state, and ends before its time.
    case stop
}

extension RunObserver {
    /// Nothing: an observer that keeps no state.
    public func save(_ state: SavedState) {}

    /// Reports progress and saves the state where that is asked for; whether the run goes on.
    func goesOn(after progress: RunProgress, state: () -> SavedState) throws -> Bool {
        let directive = try self.progress(progress)
        if directive != .goOn { try save(state()) }
        return directive != .stop
    }
}
