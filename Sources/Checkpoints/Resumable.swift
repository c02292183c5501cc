/// What can be stopped and goes on from a ``SavedState`` as if it never had been: with the same bits.
public protocol Resumable {
    /// Puts everything in that the future depends on and that its maker cannot know.
    func save(to saved: inout SavedState)
    /// Takes up a state that was saved by one that was made in the same way.
    ///
    /// - Throws: ``SavedState/Problem`` when something is missing or does not fit.
    mutating func restore(from saved: SavedState) throws(SavedState.Problem)
}
