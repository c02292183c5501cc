import Quantities

/// The numbers that a transport run delivers, by name.
public enum TransportQuantities {
    /// Fields on the nodes, in the order in which they are recorded.
    public static let fields = [
        QuantityDescription("concentration", units: "mol m-3", "lithium concentration"),
        QuantityDescription("mole_fraction", units: "1", "mole fraction of lithium, n_Li/(n_Li + n_Mg)"),
        QuantityDescription("li_per_mg", units: "1", "lithium per magnesium, n_Li/n_Mg"),
        QuantityDescription("site_fraction", units: "1", "concentration over the saturation limit, c/c_max"),
    ]

    /// Scalars of each accepted step, in the order in which they are recorded.
    public static let series = [
        QuantityDescription("protocol_step", units: "1", "index of the protocol step"),
        QuantityDescription("step_size", units: "s", "length of the time step"),
        QuantityDescription("current_density", units: "A m-2", "current density, positive when plating"),
        QuantityDescription("charge", units: "C m-2", "net charge passed into the layer"),
        QuantityDescription("concentration_surface", units: "mol m-3", "lithium concentration at the electrolyte"),
        QuantityDescription("concentration_collector", units: "mol m-3", "lithium concentration at the collector"),
        QuantityDescription("concentration_mean", units: "mol m-3", "lithium in the layer over its thickness"),
        QuantityDescription(
            "utilisation", units: "1", "fraction of the lithium this step could move that it has moved"),
        QuantityDescription("lithium", units: "mol m-2", "lithium in the layer"),
        QuantityDescription(
            "lithium_imbalance", units: "mol m-2", "lithium in the layer less what was there and passed"),
        QuantityDescription("thickness", units: "m", "thickness of the layer"),
        QuantityDescription("newton_iterations", units: "1", "Newton iterations of the step, all stages"),
    ]

    /// Time from the start of a plating step to the saturation of its surface.
    public static let timeToSaturation = QuantityDescription(
        "time_to_saturation", units: "s",
        "time from the start of the last plating step that saturates its surface until it does")
    /// Time from the start of a stripping step to the depletion of its surface.
    public static let timeToDepletion = QuantityDescription(
        "time_to_depletion", units: "s",
        "time from the start of the last stripping step that depletes its surface until it does")
    /// Utilisation of the last step with a current.
    public static let utilisation = QuantityDescription(
        "utilisation", units: "1",
        "lithium moved by the last plating or stripping step over what lay between its start and the limit")
    /// Charge of the last step with a current.
    public static let capacity = QuantityDescription(
        "capacity", units: "C m-2", "charge passed by the last plating or stripping step")
    /// Time of the run.
    public static let duration = QuantityDescription("duration", units: "s", "time of the run")
    /// Concentration at the electrolyte at the end.
    public static let surface = QuantityDescription(
        "concentration_surface", units: "mol m-3", "lithium concentration at the electrolyte at the end")
    /// Mean concentration at the end.
    public static let mean = QuantityDescription(
        "concentration_mean", units: "mol m-3", "lithium in the layer over its thickness at the end")
    /// Thickness at the end.
    public static let thickness = QuantityDescription("thickness", units: "m", "thickness of the layer at the end")
    /// Growth of the layer.
    public static let thicknessChange = QuantityDescription(
        "thickness_change", units: "m", "thickness of the layer at the end less that at the start")
    /// Lithium gained.
    public static let lithiumChange = QuantityDescription(
        "lithium_change", units: "mol m-2", "lithium in the layer at the end less that at the start")
    /// Conservation defect.
    public static let conservationError = QuantityDescription(
        "conservation_error", units: "1",
        "largest error of the lithium balance over the lithium that passed, or was there if none did")
    /// Accepted time steps.
    public static let steps = QuantityDescription("time_steps", units: "1", "accepted time steps")
    /// Rejected time steps.
    public static let rejected = QuantityDescription("rejected_steps", units: "1", "rejected time steps")
    /// Newton iterations.
    public static let newtonIterations = QuantityDescription("newton_iterations", units: "1", "Newton iterations")

    /// Results that tell of the computation and not of the layer; they have no error.
    public static let work = [conservationError, steps, rejected, newtonIterations]

    /// Results of which a run must know more than the size.
    public static let mustBeResolved = [timeToSaturation, timeToDepletion, utilisation, capacity]

    /// All results that the summary of a run can hold, in its order.
    public static let results =
        [
            timeToSaturation, timeToDepletion, utilisation, capacity, duration, surface, mean, thickness,
            thicknessChange,
            lithiumChange,
        ] + work
}
