import Quantities

/// The numbers that a flux-balance run delivers, by name.
public enum FluxBalanceQuantities {
    /// Fields through the thickness of the working electrode, in the order in which they are recorded.
    public static let fields = [
        QuantityDescription("concentration", units: "mol m-3", "lithium concentration"),
        QuantityDescription(
            "site_occupancy", units: "1", "lithium on the sites of the lattice; of Li-Mg, its mole fraction"),
    ]

    /// Scalars of the working electrode; a symmetric cell has the same of its counter electrode, named `counter_...`.
    static let electrodeSeries = [
        QuantityDescription("contact_fraction", units: "1", "contact fraction χ"),
        QuantityDescription("void_gap", units: "m", "mean gap of the voids g = h_v (1 - χ)"),
        QuantityDescription("local_current_density", units: "A m-2", "current density where the metal touches, i/χ"),
        QuantityDescription("local_pressure", units: "Pa", "pressure where the metal touches, P/χ"),
        QuantityDescription(
            "flux_migration", units: "mol m-2 s-1", "lithium taken by migration i/F, positive when stripping"),
        QuantityDescription("flux_diffusion", units: "mol m-2 s-1", "lithium brought by the lattice"),
        QuantityDescription("flux_creep", units: "mol m-2 s-1", "lithium brought by creep"),
        QuantityDescription("flux_void", units: "mol m-2 s-1", "lithium missing, which opens voids"),
        QuantityDescription("flux_growth", units: "mol m-2 s-1", "lithium laid down as new metal, negative"),
        QuantityDescription(
            "surface_concentration", units: "mol m-3", "lithium concentration of the lattice at the electrolyte"),
        QuantityDescription("overpotential", units: "V", "overpotential of charge transfer at the local current"),
        QuantityDescription("equilibrium_potential", units: "V", "equilibrium potential against lithium without load"),
        QuantityDescription(
            "contact_resistance", units: "ohm m2", "resistance of charge transfer and films over the contact"),
        QuantityDescription(
            "constriction_resistance", units: "ohm m2", "resistance by crowding of the current into the contact"),
        QuantityDescription("thickness", units: "m", "distance from electrolyte to collector"),
        QuantityDescription("lithium", units: "mol m-2", "lithium of the electrode"),
        QuantityDescription("settling", units: "m", "thickness that the stack has lost by confined creep"),
    ]

    /// Scalars of the cell.
    static let cellSeries = [
        QuantityDescription("protocol_step", units: "1", "index of the protocol step"),
        QuantityDescription("step_size", units: "s", "length of the time step"),
        QuantityDescription(
            "current_density", units: "A m-2", "current density, positive when plating the working electrode"),
        QuantityDescription("charge", units: "C m-2", "net charge passed into the working electrode"),
        QuantityDescription("pressure", units: "Pa", "pressure on the cell"),
        QuantityDescription("voltage", units: "V", "voltage of the cell"),
        QuantityDescription(
            "lithium_imbalance", units: "mol m-2", "lithium of the electrodes less what was there and passed"),
        QuantityDescription("newton_iterations", units: "1", "Newton iterations of the step, all stages"),
    ]

    static let counterSeries = electrodeSeries.map {
        QuantityDescription("counter_" + $0.name, units: $0.units, "counter electrode: " + $0.longName)
    }

    /// Scalars of each accepted step, in the order in which they are recorded; those of the counter electrode in symmetric cells.
    public static let series = cellSeries + electrodeSeries + counterSeries

    /// The current at which a ramp ends because the cell fails.
    public static let criticalCurrentDensity = QuantityDescription(
        "critical_current_density", units: "A m-2",
        "current density of the first level of a ramp at which the cell failed by its current, known to one level")
    /// The last current that it bore.
    public static let sustainedCurrentDensity = QuantityDescription(
        "sustained_current_density", units: "A m-2", "largest current density of a level of a ramp that the cell bore")
    /// When the cell failed.
    public static let timeToFailure = QuantityDescription(
        "time_to_failure", units: "s", "time of the run at which the cell failed")
    /// When voids first opened.
    public static let timeToVoids = QuantityDescription(
        "time_to_voids", units: "s", "time of the run at which voids first opened at the working electrode")
    /// Time of the run.
    public static let duration = QuantityDescription("duration", units: "s", "time of the run")
    /// Charge of the run.
    public static let charge = QuantityDescription(
        "charge", units: "C m-2", "net charge passed into the working electrode")
    /// Contact at the end.
    public static let contact = QuantityDescription("contact_fraction", units: "1", "contact fraction at the end")
    /// The least contact.
    public static let leastContact = QuantityDescription(
        "contact_fraction_least", units: "1", "least contact fraction of the run")
    /// Gap at the end.
    public static let gap = QuantityDescription("void_gap", units: "m", "mean gap of the voids at the end")
    /// Pressure at the end.
    public static let pressure = QuantityDescription("pressure", units: "Pa", "pressure on the cell at the end")
    /// The largest pressure.
    public static let largestPressure = QuantityDescription(
        "pressure_largest", units: "Pa", "largest pressure on the cell in the run")
    /// The least pressure.
    public static let leastPressure = QuantityDescription(
        "pressure_least", units: "Pa", "least pressure on the cell in the run")
    /// Interface resistance at the end.
    public static let resistance = QuantityDescription(
        "interface_resistance", units: "ohm m2", "contact and constriction of the working electrode at the end")
    /// Thickness at the end.
    public static let thickness = QuantityDescription(
        "thickness", units: "m", "thickness of the working electrode at the end")
    /// Conservation defect.
    public static let conservationError = QuantityDescription(
        "conservation_error", units: "1",
        "largest error of the lithium balance over the lithium that the current moved to and fro")

    /// Results that tell of the computation; they have no error.
    public static let work = [
        conservationError, TransportQuantities.steps, TransportQuantities.rejected,
        TransportQuantities.newtonIterations,
    ]

    /// Results of which a run must know more than the size; what a ramp finds is known to one of its levels only.
    public static let mustBeResolved = [timeToVoids]

    /// All results that the summary of a run can hold, in its order.
    public static let results =
        [
            criticalCurrentDensity, sustainedCurrentDensity, timeToFailure, timeToVoids, duration, charge, contact,
            leastContact, gap, pressure, largestPressure, leastPressure, resistance, thickness,
        ] + work
}
