import Checkpoints

extension SavedState {
    /// The array of a name, with `count` numbers that are all finite.
    ///
    /// - Throws: `SavedState.Problem` when it is not there, has another length or holds something else.
    package func finiteNumbers(_ name: String, count: Int) throws(Problem) -> [Double] {
        let found = try numbers(name, count: count)
        guard let index = firstNotFinite(found) else { return found }
        throw Problem("`\(name)` has \(found[index]) at place \(index) instead of a finite number")
    }
}
