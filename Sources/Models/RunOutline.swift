import Quantities

/// What a run delivers, known before its first step.
public struct RunOutline: Sendable {
    /// The scalars of each accepted step, time apart.
    public var series: [QuantityDescription]
    /// The fields on the points of the mesh.
    public var fields: [QuantityDescription]
    /// The mesh as it is at the start.
    public var mesh: RunMesh
    /// Whether the points of the mesh move.
    public var meshMoves: Bool
}

/// How far a run is.
public struct RunProgress: Sendable {
    /// Part of the protocol done, 0 to 1; within a step that ends at an event it is an estimate.
    public var fraction: Double
    /// Time of the run, s.
    public var time: Double
    /// Length of the last step, s.
    public var step: Double
    /// Accepted steps so far.
    public var steps: Int
    /// Newton iterations of the last step.
    public var newtonIterations: Int
    /// Index of the protocol step.
    public var protocolStep: Int
    /// What the protocol step is called.
    public var stepName: String
    /// Whether this is the second, coarser solution from which the error is estimated.
    public var isErrorEstimate = false
}

/// How one protocol step went.
public struct ProtocolStepReport: Sendable, Hashable, Codable {
    /// What the step is called: `plate`, `strip`, `rest`, or a model's own word.
    public var name: String
    /// Name of what ended it: `time`, `charge`, an event, or `interrupted`.
    public var end: String
    /// How long it took, s.
    public var duration: Double
    /// Charge passed in it, C/m2, positive into the electrode.
    public var charge: Double
    /// Fraction of the lithium it could move that it did move; 0 at rest, nil where a model has none.
    public var utilisation: Double?
}

/// A run that could not go on: where, when and why, and what to try.
public struct RunFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence for the user.
    public var description: String

    /// A failure with its sentence.
    public init(_ description: String) { self.description = description }
}
