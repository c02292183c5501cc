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
    /// How far the run is. Returning false stops it after this step.
    func progress(_ progress: RunProgress) throws -> Bool
}
