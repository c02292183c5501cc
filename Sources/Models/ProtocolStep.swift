/// One step of what is done to an electrode: a current and the conditions of which the first one met ends it.
public struct ProtocolStep: Sendable, Hashable {
    /// The direction of the current.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Lithium goes into the electrode.
        case plate
        /// Lithium leaves the electrode.
        case strip
        /// No current.
        case rest
    }

    /// What can end a step.
    public enum End: Sendable, Hashable, Codable {
        /// This long after the step began, s.
        case time(Double)
        /// This much charge passed in the step, C/m2.
        case charge(Double)
        /// The concentration at the electrolyte reaches the saturation limit.
        case surfaceSaturates
        /// The concentration at the electrolyte falls to the depletion limit.
        case surfaceDepletes
        /// The step has moved this fraction of the lithium that it could move.
        case utilisation(Double)

        /// The name of the end in summaries and in the log.
        public var name: String {
            switch self {
            case .time: "time"
            case .charge: "charge"
            case .surfaceSaturates: "surface_saturates"
            case .surfaceDepletes: "surface_depletes"
            case .utilisation: "utilisation"
            }
        }
    }

    /// Plate, strip or rest.
    public var kind: Kind
    /// Size of the current density, A/m2, not negative; 0 at rest.
    public var currentDensity: Double
    /// The step ends with the first of these.
    public var ends: [End]

    /// A step with the given current density in A/m2.
    public init(_ kind: Kind, currentDensity: Double = 0, ends: [End]) {
        self.kind = kind
        self.currentDensity = currentDensity
        self.ends = ends
    }

    /// Current density with its sign: positive when lithium goes into the electrode, A/m2.
    public var signedCurrentDensity: Double {
        switch kind {
        case .plate: currentDensity
        case .strip: -currentDensity
        case .rest: 0
        }
    }
}
