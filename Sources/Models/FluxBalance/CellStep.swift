/// One step of what is done to a cell.
public struct CellStep: Sendable, Hashable {
    /// What a step is.
    public enum Kind: Sendable, Hashable {
        /// Lithium leaves the working electrode at a constant current density, A/m2.
        case strip(Double)
        /// Lithium goes onto the working electrode at a constant current density, A/m2.
        case plate(Double)
        /// No current.
        case rest
        /// No current, under a pressure that squeezes the metal: the voids fill as the stack settles by confined creep.
        case hold
        /// Currents that rise from level to level until the cell fails.
        case ramp(Ramp)
    }

    /// Currents that rise from level to level.
    public struct Ramp: Sendable, Hashable {
        /// What a level is made of.
        public enum Direction: Sendable, Hashable {
            /// The working electrode is stripped at every level.
            case strip
            /// It is plated at every level.
            case plate
            /// At every level it is stripped and then plated back.
            case alternate
        }

        /// How long a level lasts in each direction.
        public enum Length: Sendable, Hashable {
            /// A time, s.
            case time(Double)
            /// A charge, C/m2.
            case charge(Double)
        }

        /// What a level is made of.
        public var direction: Direction
        /// Current density of the first level, A/m2.
        public var first: Double
        /// Rise from level to level, A/m2.
        public var increment: Double
        /// The ramp ends after the last level that is not above this, A/m2.
        public var last: Double
        /// How long a level lasts in each direction.
        public var length: Length
        /// Rest after each level, s.
        public var rest: Double

        /// A ramp with current densities in A/m2.
        public init(
            direction: Direction, first: Double, increment: Double, last: Double, length: Length, rest: Double = 0
        ) {
            self.direction = direction
            self.first = first
            self.increment = increment
            self.last = last
            self.length = length
            self.rest = rest
        }

        /// Number of levels.
        public var levels: Int { 1 + Int(((last - first) / increment + 1e-9).rounded(.down)) }

        /// A part of a level in which the current is constant.
        struct Part {
            /// The level's current density, A/m2.
            let density: Double
            /// The current density, positive where the working electrode is stripped, A/m2.
            let currentDensity: Double
            /// What ends it.
            let end: End
            /// Whether it is the rest that follows a level.
            let isRest: Bool
            /// Whether the level is passed with it.
            let endsLevel: Bool
            /// The current density of the level before, zero where there is none, A/m2.
            let densityBefore: Double
        }

        /// How often current flows at a level.
        private var turns: Int { direction == .alternate ? 2 : 1 }
        private var partsOfLevel: Int { turns + (rest > 0 ? 1 : 0) }

        /// Number of parts of all levels.
        var parts: Int { levels * partsOfLevel }

        /// A part, counted from the first of the first level.
        func part(_ index: Int) -> Part {
            let (level, place) = index.quotientAndRemainder(dividingBy: partsOfLevel)
            let density = first + Double(level) * increment
            let isRest = place == turns
            let isStripped = place == 0 && direction != .plate
            let end: End =
                switch length {
                case _ where isRest: .time(rest)
                case .time(let time): .time(time)
                case .charge(let charge): .charge(charge)
                }
            return Part(
                density: density, currentDensity: isRest ? 0 : isStripped ? density : -density, end: end,
                isRest: isRest, endsLevel: place == turns - 1, densityBefore: level == 0 ? 0 : density - increment)
        }
    }

    /// What can end a step, the first of them to be met.
    public enum End: Sendable, Hashable, Codable {
        /// This long after the step began, s.
        case time(Double)
        /// This much charge passed in the step, C/m2.
        case charge(Double)
        /// The voltage of the cell reaches this, V: rising while a full cell is charged or the lithium of another is stripped, falling
        /// otherwise. A step that begins beyond it is over.
        case voltage(Double)
        /// The contact fraction of the working electrode rises to this while it is not stripped, or falls to it while it is, 1.
        case contact(Double)

        /// The name of the end in summaries and in the log.
        public var name: String {
            switch self {
            case .time: "time"
            case .charge: "charge"
            case .voltage: "voltage"
            case .contact: "contact_fraction"
            }
        }
    }

    /// What the step is.
    public var kind: Kind
    /// The word by which the user called it, for summaries: `strip`, `discharge`, `ramp`.
    public var name: String
    /// The pressure that the cell is set to when the step begins, Pa; nil leaves it as it is.
    public var pressure: Double?
    /// How the cell is held from here on; nil leaves that as it is.
    public var fixture: StackParameters.Fixture?
    /// What ends it; a ramp ends by itself.
    public var ends: [End]

    /// Number of parts in which the current is constant.
    var parts: Int { if case .ramp(let ramp) = kind { ramp.parts } else { 1 } }

    /// A step.
    public init(
        _ kind: Kind, name: String, pressure: Double? = nil, fixture: StackParameters.Fixture? = nil, ends: [End]
    ) {
        self.kind = kind
        self.name = name
        self.pressure = pressure
        self.fixture = fixture
        self.ends = ends
    }
}
