/// The balance of the free energy of a layer,
///
///     F(t) - F(0) = ∫ (∮ μ j dA) dt + work of the stack pressure - ∫ (∫ -J · ∇μ dV) dt - dissipation of slip
///
/// with both integrals over time by Simpson's rule, in J.
struct EnergyBalance: Codable {
    /// F - F(0), with the potential of the stack pressure on the side of the work.
    private(set) var gained = 0.0
    /// Work of the lithium that entered and of the stack pressure.
    var work: Double { chemical - (pressurePotential - pressurePotentialAtStart) }
    /// Dissipated by diffusion.
    private(set) var diffusion = 0.0
    /// Dissipated by slip.
    private(set) var slip = 0.0

    private var chemical = 0.0
    private var freeAtStart: Double?
    private var pressurePotential = 0.0
    private var pressurePotentialAtStart = 0.0
    private var last = LayerEnergies()

    /// Adds the powers of a state within a step, each over a time in s.
    mutating func pass(_ energies: LayerEnergies, weight: Double) {
        chemical += weight * energies.chemicalPower
        diffusion += weight * energies.diffusionPower
    }

    /// Closes a step of a length in s; a length of zero begins a protocol step, whose powers differ from those before.
    ///
    /// - Parameter isDriven: whether stress drives lithium; where it does not, the balance is that of the lithium alone.
    mutating func arrive(at energies: LayerEnergies, after length: Double, isDriven: Bool) {
        let mechanical = isDriven ? energies.mechanical ?? MechanicalEnergies() : MechanicalEnergies()
        pressurePotential = mechanical.pressurePotential
        if let freeAtStart {
            gained = energies.free - freeAtStart
        } else {
            freeAtStart = energies.free
            pressurePotentialAtStart = pressurePotential
        }
        if length > 0 {
            pass(last, weight: length / 6)
            pass(energies, weight: length / 6)
            slip += mechanical.slipped
        }
        last = energies
    }

    /// What is gained and dissipated less the work, over the sum of their sizes.
    var error: Double {
        let sizes = abs(gained) + abs(work) + diffusion + slip
        return sizes > 0 ? (gained + diffusion + slip - work) / sizes : 0
    }
}
