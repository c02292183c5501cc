import Models
import TimeIntegration

/// Equal steps of backward Euler on a layer, M k = R(c + Δt k): the step that other codes make, with our parts.
public struct BackwardEuler {
    /// How each step is solved.
    public enum Method: Sendable {
        /// R is linear and one solution exact; the matrix of the first step is kept.
        case linear
        /// R is linear and one solution exact; each step forms and factors its matrix.
        case linearRebuilt
        /// The accelerated chord iteration with the matrix of the first guess of each step, until the residual is below this
        /// part of the load.
        case chords(tolerance: Double)
    }

    /// The equations.
    public private(set) var system: LayerSystem
    /// The state.
    public private(set) var state: [Double]
    /// Solutions with a matrix so far.
    public private(set) var iterations = 0
    private let length: Double
    private let method: Method
    private let load: Double
    private var time = 0.0
    private var isFactored = false
    private var rate: [Double]
    private var rateBefore: [Double]
    private var stepsMade = 0
    private var trial: [Double]
    private var defect: [Double]
    private var chords: ChordAcceleration

    /// Steps of `length` s from a state.
    public init(_ system: LayerSystem, state: [Double], length: Double, method: Method) {
        self.system = system
        self.state = state
        self.length = length
        self.method = method
        load = norm(system.inlet) * abs(system.flux)
        rate = [Double](repeating: 0, count: state.count)
        rateBefore = rate
        trial = state
        defect = rate
        chords = ChordAcceleration(count: state.count)
    }

    /// One step.
    ///
    /// - Throws: ``StepLost`` when it cannot be made.
    public mutating func step() throws {
        time += length
        switch method {
        case .linear, .linearRebuilt:
            if case .linearRebuilt = method { isFactored = false }
            try factor()
            try system.residual(time: time, state: state, into: &defect)
            extrapolateRate()
            system.solve(&defect, near: rate)
            system.restoreInvariants(of: &defect)
            swap(&rate, &defect)
            iterations += 1
            moveTrial()
        case .chords(let tolerance): try iterate(tolerance)
        }
        swap(&state, &trial)
    }

    /// The first guess is extrapolated from the rates of the two steps before, as the peers extrapolate theirs.
    private mutating func iterate(_ tolerance: Double) throws {
        isFactored = false
        chords.begin()
        extrapolateRate()
        moveTrial()
        try factor()
        for iteration in 0...chords.mostIterations {
            try system.residual(time: time, state: trial, into: &defect)
            system.subtractMass(times: rate, from: &defect)
            if norm(defect) <= tolerance * load {
                chords.end(iterations: iteration)
                return
            }
            system.solve(&defect)
            iterations += 1
            chords.improve(&rate, by: defect)
            system.restoreInvariants(of: &rate)
            moveTrial()
        }
        throw StepLost(time: time, residual: norm(defect) / load)
    }

    /// Guesses the rate from those of the two steps before.
    private mutating func extrapolateRate() {
        for node in rate.indices {
            let guess = stepsMade < 2 ? rate[node] : 2 * rate[node] - rateBefore[node]
            rateBefore[node] = rate[node]
            rate[node] = guess
        }
        stepsMade += 1
    }

    private mutating func factor() throws {
        if isFactored { return }
        guard system.factor(time: time, state: trial, shift: length) else { throw StepLost(time: time, residual: .nan) }
        isFactored = true
    }

    private mutating func moveTrial() {
        for node in trial.indices { trial[node] = state[node] + length * rate[node] }
    }
}

/// A step that was not found.
public struct StepLost: Error {
    /// Its end, s.
    public let time: Double
    /// The residual over the load.
    public let residual: Double
}

/// √(x · x)
private func norm(_ vector: [Double]) -> Double {
    var sum = 0.0
    for value in vector { sum += value * value }
    return sum.squareRoot()
}
