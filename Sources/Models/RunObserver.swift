/// Takes what a model computes while it runs: to a file, to a terminal, or nowhere.
///
/// A model calls these in the order of time and knows nothing of where the numbers go.
public protocol RunObserver: AnyObject {
    /// Called once before anything else with what the run will deliver.
    func begin(_ outline: RunOutline) throws
    /// The scalars after an accepted step, in the order of ``RunOutline/series``.
    func record(time: Double, row: [Double]) throws
    /// The fields at a time: node positions in m, then the fields of ``RunOutline/fields`` one after the other.
    func record(time: Double, positions: [Double], fields: [Double]) throws
    /// How far the run is. Returning false stops it after this step.
    func progress(_ progress: RunProgress) throws -> Bool
}
