import FiniteElements
import Quantities
import TimeIntegration

/// Rows and frames of a flux-balance run.
struct FluxBalanceRecords {
    private let potentials: CellPotentials
    private let hasCounter: Bool
    private var row: [Double] = []
    private var points: [SIMD2<Double>]
    private var fields: [Double]

    init(_ parameters: FluxBalanceParameters) {
        potentials = CellPotentials(parameters)
        if case .symmetric = parameters.counter { hasCounter = true } else { hasCounter = false }
        let nodes = parameters.working.isResolved ? 2 * parameters.cells + 1 : 2
        points = [SIMD2<Double>](repeating: .zero, count: nodes)
        fields = [Double](repeating: 0, count: FluxBalanceQuantities.fields.count * nodes)
    }

    /// What the run delivers.
    mutating func outline(_ system: FluxBalanceSystem, state: [Double]) -> RunOutline {
        place(system, state: state)
        typealias Names = FluxBalanceQuantities
        return RunOutline(
            series: Names.cellSeries + Names.electrodeSeries + (hasCounter ? Names.counterSeries : []),
            fields: Names.fields, mesh: .line(positions: points.map(\.x)), meshMoves: true)
    }

    /// The scalars of the cell at a moment of a step.
    struct Moment: Codable {
        var protocolStep: Int
        var stepSize: Double
        /// A/m2, positive while the working electrode is stripped.
        var currentDensity: Double
        /// Net charge passed into the working electrode, C/m2.
        var charge: Double
        /// State of charge of a cathode.
        var stateOfCharge: Double
        /// Time since the integrator was restarted, s.
        var time: Double
        var lithiumImbalance: Double
        var newtonIterations: Int
        /// Capacity of a cathode, C/m2.
        var capacity: Double

        /// The same step at another time since the restart, s: what has passed by then.
        func at(_ other: Double) -> Moment {
            var moment = self
            let passed = -currentDensity * (other - time)
            moment.time = other
            moment.charge += passed
            moment.stateOfCharge += passed / capacity
            return moment
        }
    }

    /// What an end of a step watches: the voltage of the cell or the contact of the working electrode; not a number for others.
    func value(of end: CellStep.End, _ system: FluxBalanceSystem, state: [Double], _ moment: Moment) -> Double {
        switch end {
        case .contact: 1 - system.void(0, in: state)
        case .voltage: potentials(system, state: state, moment).voltage
        case .time, .charge: .nan
        }
    }

    /// The potentials of the electrodes and the voltage of the cell.
    func potentials(
        _ system: FluxBalanceSystem, state: [Double], _ moment: Moment
    ) -> (working: CellPotentials.Electrode, counter: CellPotentials.Electrode?, voltage: Double) {
        let pressure = system.pressure(time: moment.time, state: state)
        func electrode(_ index: Int, _ currentDensity: Double) -> CellPotentials.Electrode {
            potentials.electrode(
                currentDensity: currentDensity, contact: contact(index, system, state), pressure: pressure,
                concentration: concentration(atSurfaceOf: index, system, state))
        }
        let working = electrode(0, moment.currentDensity)
        let counter = hasCounter ? electrode(1, -moment.currentDensity) : nil
        return (
            working, counter,
            potentials.voltage(
                currentDensity: moment.currentDensity, working: working, counter: counter,
                stateOfCharge: moment.stateOfCharge)
        )
    }

    /// The row of a moment.
    mutating func row(
        _ system: inout FluxBalanceSystem, state: [Double], _ moment: Moment
    ) throws(EvaluationFailure) -> [Double] {
        let pressure = system.pressure(time: moment.time, state: state)
        let (working, counter, voltage) = potentials(system, state: state, moment)
        row.removeAll(keepingCapacity: true)
        row.append([
            Double(moment.protocolStep), moment.stepSize, -moment.currentDensity, moment.charge, pressure, voltage,
            moment.lithiumImbalance, Double(moment.newtonIterations),
        ])
        try append(working, of: 0, currentDensity: moment.currentDensity, pressure, &system, state, moment.time)
        if let counter {
            try append(counter, of: 1, currentDensity: -moment.currentDensity, pressure, &system, state, moment.time)
        }
        return row
    }

    private mutating func append(
        _ electrode: CellPotentials.Electrode, of index: Int, currentDensity: Double, _ pressure: Double,
        _ system: inout FluxBalanceSystem, _ state: [Double], _ time: Double
    ) throws(EvaluationFailure) {
        let fluxes = try system.fluxes(index, time: time, state: state)
        let contact = contact(index, system, state)
        row.append([
            contact, system.electrode.voidHeight * (1 - contact), currentDensity / contact,
            pressure / contact,
        ])
        row.append([fluxes.migration, fluxes.diffusion, fluxes.creep, fluxes.void, fluxes.growth])
        row.append([
            concentration(atSurfaceOf: index, system, state), electrode.overpotential, electrode.equilibrium,
            electrode.contactResistance, electrode.constrictionResistance, system.thickness(index, in: state),
            system.lithium(index, in: state), system.settling(index, in: state),
        ])
    }

    /// The fields of a state.
    mutating func frame(
        _ system: FluxBalanceSystem, state: [Double]
    ) -> (points: [SIMD2<Double>], fields: [Double]) {
        place(system, state: state)
        let count = points.count
        for node in 0..<count {
            let concentration = Self.concentration(system, unknown: system.lattices.isEmpty ? 0 : state[node])
            fields[node] = concentration
            fields[count + node] =
                system.interfaces[0].isAlloy
                ? system.lattices[0].system.composition.moleFraction(concentration: concentration)
                : concentration * system.electrode.molarVolume
        }
        return (points, fields)
    }

    /// Moves the points to the nodes of a state: those of lithium keep their share of the thickness.
    private mutating func place(_ system: FluxBalanceSystem, state: [Double]) {
        guard let lattice = system.lattices.first?.system else {
            points[1].x = system.thickness(0, in: state)
            return
        }
        if system.interfaces[0].isAlloy {
            TransportLayer.place(&points, mesh: lattice.mesh, frame: lattice.frame, state: state)
            return
        }
        let stretch = system.thickness(0, in: state) / lattice.mesh.length
        for (node, position) in lattice.mesh.quadraticNodes.enumerated() { points[node].x = stretch * position }
    }

    private func contact(_ electrode: Int, _ system: FluxBalanceSystem, _ state: [Double]) -> Double {
        min(1, 1 - system.void(electrode, in: state))
    }

    private func concentration(
        atSurfaceOf electrode: Int, _ system: FluxBalanceSystem, _ state: [Double]
    ) -> Double {
        Self.concentration(system, unknown: system.surface(electrode, in: state))
    }

    /// Lithium concentration, mol/m3: of lithium, its sites less the vacancies.
    private static func concentration(_ system: FluxBalanceSystem, unknown: Double) -> Double {
        system.interfaces[0].isAlloy
            ? system.lattices[0].system.frame.concentration(unknown) : 1 / system.electrode.molarVolume - unknown
    }
}
