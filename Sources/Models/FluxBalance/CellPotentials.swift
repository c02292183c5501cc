import Materials
import Quantities

/// The potentials and resistances of a cell at a state of its contacts.
struct CellPotentials {
    let parameters: FluxBalanceParameters
    /// Exchange current density i₀, A/m2.
    private let exchangeCurrentDensity: Double
    private let metal: LithiumMetalPotential

    init(_ parameters: FluxBalanceParameters) {
        self.parameters = parameters
        exchangeCurrentDensity = parameters.working.kinetics.exchangeCurrentDensity(temperature: parameters.temperature)
        metal = LithiumMetalPotential(molarVolume: parameters.working.molarVolume)
    }

    /// The mole fraction of lithium from which down Li-Mg has the potential of a trace: without lithium it would have no bound.
    private static let leastFraction = 1e-9

    /// What an electrode contributes.
    struct Electrode {
        /// Equilibrium potential of its surface, V.
        var equilibrium = 0.0
        /// Overpotential of charge transfer at the local current, V.
        var overpotential = 0.0
        /// Resistance of the contact, charge transfer near equilibrium and films, for each area of electrolyte, ohm m2.
        var contactResistance = 0.0
        /// Resistance by constriction, ohm m2.
        var constrictionResistance = 0.0
        /// φ_s - φ_e with the drop over films and constriction, V.
        var potential = 0.0
    }

    /// An electrode that carries `currentDensity` in A/m2, positive where it is stripped.
    ///
    /// - Parameters:
    ///   - contact: contact fraction χ.
    ///   - pressure: pressure on the cell, Pa.
    ///   - concentration: lithium concentration at the surface of Li-Mg, mol/m3.
    func electrode(
        currentDensity: Double, contact: Double, pressure: Double, concentration: Double
    ) -> Electrode {
        let working = parameters.working
        var result = Electrode()
        // The local pressure P/χ presses on the metal that touches.
        switch working.metal {
        case .lithium: result.equilibrium = metal(normalPressure: pressure / contact)
        case .alloy(let alloy):
            let fraction = max(alloy.composition.moleFraction(concentration: concentration), Self.leastFraction)
            let potential = alloy.phase.chemicalPotentialLithium(moleFraction: fraction) - alloy.referenceEnergy
            result.equilibrium = -potential / Constants.faraday
        }
        let law = working.kinetics.law
        result.overpotential = law.overpotential(
            currentDensity: currentDensity / contact, exchangeCurrentDensity: exchangeCurrentDensity,
            temperature: parameters.temperature)
        let film = working.filmResistance / contact
        result.contactResistance =
            film
            + law.linearLimit.resistance(
                exchangeCurrentDensity: exchangeCurrentDensity, temperature: parameters.temperature) / contact
        if let constriction = working.constriction {
            result.constrictionResistance = Constriction.spotArrayResistance(
                contactFraction: contact, pitch: constriction.pitch, conductivity: constriction.conductivity)
        }
        result.potential =
            result.equilibrium + result.overpotential + currentDensity * (film + result.constrictionResistance)
        return result
    }

    /// The voltage of the cell, V: the working electrode against the counter electrode or lithium, the cathode against the anode in a
    /// full cell.
    ///
    /// - Parameters:
    ///   - currentDensity: A/m2, positive where the working electrode is stripped.
    ///   - stateOfCharge: that of the cathode.
    func voltage(
        currentDensity: Double, working: Electrode, counter: Electrode?, stateOfCharge: Double
    ) -> Double {
        let drop = currentDensity * parameters.separatorResistance
        switch parameters.counter {
        case .none: return working.potential + drop
        case .symmetric: return working.potential - (counter?.potential ?? 0) + drop
        case .cathode(let cathode):
            let range = cathode.openCircuit.lithiumFraction
            // At an end of its range the charge may pass it by round-off, where the formula need not be stated.
            let fraction = min(
                max(range.upperBound - stateOfCharge * (range.upperBound - range.lowerBound), range.lowerBound),
                range.upperBound)
            return cathode.openCircuit(lithiumFraction: fraction) - working.potential - drop - currentDensity
                * cathode.resistance
        }
    }
}
