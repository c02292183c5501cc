import Quantities
import TimeIntegration

/// What has passed through a cell, what it was seen to do, and whether its lithium adds up.
struct CellLedger {
    private let parameters: FluxBalanceParameters
    private let lithiumAtStart: [Double]
    /// What has been noted so far.
    var memory: Memory

    /// What a ledger notes.
    struct Memory: Codable {
        /// Net charge passed into the working electrode, C/m2.
        var charge = 0.0
        /// Charge passed to and fro, C/m2.
        var chargeMoved = 0.0
        /// The largest error of the lithium balance, mol/m2.
        var largestImbalance = 0.0
        var leastContact = 1.0
        /// The least and the largest pressure, Pa.
        var pressures: ClosedRange<Double>
        /// When the cell failed, s.
        var failureTime: Double?
        /// When voids first opened, s.
        var voidTime: Double?
        var critical: Critical?
        /// The current density of the last level of a ramp that the cell bore, A/m2.
        var sustained: Double?
        var last: FluxBalanceRecords.Moment?
    }

    /// The level of a ramp at which a cell failed and the one before, A/m2.
    struct Critical: Codable {
        var density: Double
        var lastBorne: Double
    }

    init(_ parameters: FluxBalanceParameters, system: FluxBalanceSystem, state: [Double]) {
        self.parameters = parameters
        lithiumAtStart = system.interfaces.indices.map { system.lithium($0, in: state) }
        memory = Memory(pressures: parameters.stack.pressure...parameters.stack.pressure)
    }

    // MARK: - What passes

    /// Net charge passed into the working electrode, C/m2.
    var charge: Double { memory.charge }

    /// Notes a current in A/m2, positive while the working electrode is stripped, that has flown for a time in s.
    mutating func pass(_ currentDensity: Double, for time: Double) {
        memory.charge -= currentDensity * time
        memory.chargeMoved += abs(currentDensity) * time
    }

    /// State of charge of the cathode when a charge in C/m2 has passed into the working electrode.
    func stateOfCharge(charge: Double) -> Double {
        guard case .cathode(let cathode) = parameters.counter else { return .nan }
        return cathode.stateOfCharge + charge / cathode.capacity
    }

    /// Capacity of the cathode, C/m2; infinite where there is none.
    var cathodeCapacity: Double {
        if case .cathode(let cathode) = parameters.counter { cathode.capacity } else { .infinity }
    }

    /// The longest time step at a current density in A/m2, s: one that passes a hundredth of the cathode's capacity, whose potential no
    /// unknown of the state follows.
    func longestStep(_ currentDensity: Double) -> Double { 0.01 * cathodeCapacity / abs(currentDensity) }

    /// How fast the layers gain thickness where the current alone decides it, m/s: Li-Mg swells, the cathode gives up lithium.
    func expansionRate(_ currentDensity: Double, _ system: FluxBalanceSystem) -> Double {
        var rate = 0.0
        for index in system.interfaces.indices {
            let plating = index == 0 ? -currentDensity : currentDensity
            rate += system.swelling * plating / Constants.faraday
        }
        if case .cathode(let cathode) = parameters.counter { rate -= cathode.expansion * currentDensity }
        return rate
    }

    /// The name of a step's end that means that an electrode has no lithium left.
    private static let exhausted = "exhausted"

    /// After how long the current leaves an electrode without lithium or the cathode at an end of its range, s, and the name of that.
    func exhaustion(
        currentDensity: Double, system: FluxBalanceSystem, state: [Double]
    ) -> (time: Double, name: String) {
        guard currentDensity != 0 else { return (.infinity, Self.exhausted) }
        let size = abs(currentDensity)
        let stripped = currentDensity > 0 ? 0 : 1
        var (time, name) = (Double.infinity, Self.exhausted)
        if stripped < system.interfaces.count, !system.interfaces[stripped].isAlloy {
            time =
                max(0, system.lithium(stripped, in: state))
                * Constants.faraday / size
        }
        if case .cathode(let cathode) = parameters.counter {
            let charged = stateOfCharge(charge: charge)
            let left = max(0, currentDensity > 0 ? charged : 1 - charged) * cathode.capacity / size
            if left < time { (time, name) = (left, "capacity") }
        }
        return (time, name)
    }

    /// Whether a step's end of this name means that an electrode has no lithium left.
    func isExhausted(_ name: String) -> Bool { name == Self.exhausted }

    // MARK: - What is noted

    /// Notes the state at a moment.
    mutating func note(_ moment: FluxBalanceRecords.Moment, _ system: FluxBalanceSystem, state: [Double]) {
        memory.last = moment
        memory.largestImbalance = max(memory.largestImbalance, abs(moment.lithiumImbalance))
        memory.leastContact = min(memory.leastContact, 1 - system.void(0, in: state))
        let (pressures, pressure) = (memory.pressures, system.pressure(time: moment.time, state: state))
        memory.pressures = min(pressures.lowerBound, pressure)...max(pressures.upperBound, pressure)
    }

    /// Notes that the cell failed at a time of the run.
    mutating func failed(at time: Double) { memory.failureTime = time }

    /// Notes that voids opened at the working electrode at a time of the run.
    mutating func voidsOpened(at time: Double) { memory.voidTime = memory.voidTime ?? time }

    /// Notes the level of a ramp at which the cell failed, and the one before, which it bore, A/m2; 0 where there is none.
    mutating func rampFailed(at density: Double, lastBorne: Double) {
        memory.critical = Critical(density: density, lastBorne: lastBorne)
    }

    /// Notes a level of a ramp that the cell bore, A/m2.
    mutating func rampBore(_ density: Double) { memory.sustained = max(density, memory.sustained ?? 0) }

    /// Lithium of the electrodes less what was there and passed, mol/m2; the larger of the two where there are two.
    func imbalance(_ system: FluxBalanceSystem, state: [Double], charge: Double) -> Double {
        var worst = 0.0
        for index in lithiumAtStart.indices {
            let passed = (index == 0 ? charge : -charge) / Constants.faraday
            let imbalance = system.lithium(index, in: state) - lithiumAtStart[index] - passed
            if abs(imbalance) > abs(worst) { worst = imbalance }
        }
        return worst
    }

    // MARK: - Results

    /// The numbers of the summary.
    func results(
        _ system: FluxBalanceSystem, state: [Double], duration: Double, _ records: FluxBalanceRecords,
        work: IntegratorWork
    ) -> [DescribedValue] {
        typealias Names = FluxBalanceQuantities
        var results: [DescribedValue] = []
        if let critical = memory.critical {
            results.append(
                DescribedValue(
                    Names.criticalCurrentDensity, critical.density,
                    errorEstimate: critical.density - critical.lastBorne))
        }
        if let sustained = memory.sustained { results.append(DescribedValue(Names.sustainedCurrentDensity, sustained)) }
        if let failureTime = memory.failureTime { results.append(DescribedValue(Names.timeToFailure, failureTime)) }
        if let voidTime = memory.voidTime { results.append(DescribedValue(Names.timeToVoids, voidTime)) }
        let contact = 1 - system.void(0, in: state)
        results += [
            DescribedValue(Names.duration, duration), DescribedValue(Names.charge, charge),
            DescribedValue(Names.contact, contact), DescribedValue(Names.leastContact, memory.leastContact),
            DescribedValue(Names.gap, parameters.working.voidHeight * (1 - contact)),
            DescribedValue(Names.pressure, max(0, system.stack.load)),
            DescribedValue(Names.largestPressure, memory.pressures.upperBound),
            DescribedValue(Names.leastPressure, memory.pressures.lowerBound),
        ]
        if var last = memory.last {
            last.time = 0
            let working = records.potentials(system, state: state, last).working
            results.append(
                DescribedValue(Names.resistance, working.contactResistance + working.constrictionResistance))
        }
        results.append(DescribedValue(Names.thickness, system.thickness(0, in: state)))
        let size = memory.chargeMoved > 0 ? memory.chargeMoved / Constants.faraday : lithiumAtStart.max() ?? 0
        return results + [
            DescribedValue(Names.conservationError, size > 0 ? memory.largestImbalance / size : 0),
            DescribedValue(TransportQuantities.steps, Double(work.steps)),
            DescribedValue(TransportQuantities.rejected, Double(work.rejected)),
            DescribedValue(TransportQuantities.newtonIterations, Double(work.newtonIterations)),
        ]
    }
}
