/// A problem whose answer is known from elsewhere: what a correct answer costs, over the tolerances that it is asked for with.
public struct Problem: Sendable {
    /// What it is called by tools.
    public let id: String
    /// What it is called by people.
    public let title: String
    /// What the error of an outcome measures.
    public let error: String
    /// What the work of an outcome counts.
    public let unit: String
    /// From the coarsest to the finest.
    public let settings: [Setting]
    /// The largest error that is no mistake, whatever the setting.
    public let largestError: Double
    /// Why it cannot be solved here; nil where it can.
    public let obstacle: @Sendable () -> String?
    private let solve: @Sendable (Setting) throws -> Outcome

    /// A tolerance, and the mesh where it sets the error too.
    public struct Setting: Sendable {
        /// What it is called, once in a problem.
        public let label: String
        /// Cells, of an edge or of the layer.
        public let cells: Int
        /// Relative tolerance of a time step.
        public let tolerance: Double
        /// Whether it is measured whenever the benchmarks are.
        public let isTracked: Bool
        /// The longest median that keeps a promise of the solver, s of CPU time; nil where nothing is promised.
        public let longestMedian: Double?

        /// A setting; its label names the mesh unless that is the usual one.
        public init(
            cells: Int, _ tolerance: String, isUsualMesh: Bool = false, isTracked: Bool = true,
            longestMedian: Double? = nil
        ) {
            guard let number = Double(tolerance) else { preconditionFailure("\(tolerance) is not a number") }
            label = isUsualMesh ? tolerance : "\(cells) cells, \(tolerance)"
            self.cells = cells
            self.tolerance = number
            self.isTracked = isTracked
            self.longestMedian = longestMedian
        }
    }

    /// What a solution was, and what it took.
    public struct Outcome: Sendable {
        /// How far it is from the truth; ``Problem/error`` says in which measure.
        public let error: Double
        /// Time steps.
        public let steps: Double
        /// What ``Problem/unit`` counts.
        public let work: Double
        /// CPU time of the solution, without what was prepared and what was checked, s.
        public let seconds: Double
        /// More numbers about it, by their names.
        public let others: [String: Double]

        init(error: Double, steps: Double, work: Double, seconds: Double, others: [String: Double] = [:]) {
            self.error = error
            self.steps = steps
            self.work = work
            self.seconds = seconds
            self.others = others
        }
    }

    init(
        id: String, title: String, error: String, unit: String, settings: [Setting], largestError: Double,
        obstacle: @escaping @Sendable () -> String? = { nil }, solve: @escaping @Sendable (Setting) throws -> Outcome
    ) {
        self.id = id
        self.title = title
        self.error = error
        self.unit = unit
        self.settings = settings
        self.largestError = largestError
        self.obstacle = obstacle
        self.solve = solve
    }

    /// One solution, held against the truth.
    ///
    /// - Throws: ``WrongAnswer``, and what the solver throws.
    public func measure(_ setting: Setting) throws -> Outcome {
        let outcome = try solve(setting)
        guard outcome.error <= largestError else {
            throw WrongAnswer("\(id) \(setting.label)", error, outcome.error, limit: largestError)
        }
        return outcome
    }
}

/// An error that no tolerance excuses.
public struct WrongAnswer: Error, CustomStringConvertible {
    /// What is wrong, by how much, and how much was expected at most.
    public let description: String

    init(_ name: String, _ measure: String, _ error: Double, limit: Double) {
        description = "\(name): the answer is wrong by \(error) (\(measure)), at most \(limit) was expected"
    }
}

/// CPU time of a piece of work beside its result, s.
func timed<Result>(_ work: () throws -> Result) rethrows -> (result: Result, seconds: Double) {
    let start = ProcessUsage.processorTime
    let result = try work()
    return (result, ProcessUsage.processorTime - start)
}
