import Models

/// A model of which many cases can be solved together.
public protocol BatchedModel: CaseModel {
    /// Why this case cannot be solved with others, as the end of a sentence; nil when it can.
    var whyNotBatched: String? { get }

    /// Solves cases together, each to the result that it has alone.
    ///
    /// The cases need not be alike: a model sorts those that can go together.
    ///
    /// - Parameters:
    ///   - cases: cases whose ``whyNotBatched`` is nil.
    ///   - goesOn: asked now and then from the calling thread; once it says no, what is returned means nothing.
    /// - Returns: what each case reports or why it could not be solved, in the order of the cases.
    static func runBatch(_ cases: [Self], goesOn: () -> Bool) -> [Result<RunReport, RunFailure>]
}
