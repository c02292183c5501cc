import Quantities

/// The numbers that a run of a closing void delivers, by name.
public enum VoidClosureQuantities {
    /// Fields along the radius, in the order in which they are recorded.
    public static let fields = [
        QuantityDescription("radial_stress", units: "Pa", "radial stress, tension positive"),
        QuantityDescription("hoop_stress", units: "Pa", "hoop stress, tension positive"),
        QuantityDescription("von_mises", units: "Pa", "equivalent stress of von Mises"),
        QuantityDescription("strain_rate", units: "s-1", "equivalent rate of creep"),
    ]

    /// Scalars of each accepted step, in the order in which they are recorded; the last two only where the metal ends.
    public static let series = [
        QuantityDescription("step_size", units: "s", "length of the time step"),
        QuantityDescription("radius", units: "m", "radius of the void"),
        QuantityDescription("closure_rate", units: "s-1", "rate -(da/dt)/a, negative while the void grows"),
        QuantityDescription("max_von_mises", units: "Pa", "largest equivalent stress, at the void"),
        QuantityDescription("newton_iterations", units: "1", "Newton iterations of the step, all stages"),
        QuantityDescription("outer_radius", units: "m", "outer radius of the metal"),
        QuantityDescription("void_fraction", units: "1", "volume of the void over that of void and metal"),
    ]

    /// The series of a void alone or with an outer radius.
    static func series(isAlone: Bool) -> [QuantityDescription] { isAlone ? Array(series.dropLast(2)) : series }

    /// Time to closure.
    public static let timeToClose = QuantityDescription(
        "time_to_close", units: "s", "time until the radius has fallen to `until.fraction` of that at the start")
    /// Time to half the radius.
    public static let timeToHalf = QuantityDescription(
        "time_to_half", units: "s", "time until the radius has fallen to half of that at the start")
    /// Rate at the start.
    public static let initialRate = QuantityDescription(
        "initial_closure_rate", units: "s-1", "rate -(da/dt)/a at the start, negative where the void grows")
    /// Time in which the radius falls by e at the rate of the start.
    public static let foldingTime = QuantityDescription(
        "e_folding_time", units: "s", "time in which the radius would fall e times at the rate of the start")
    /// Stress at the start.
    public static let initialStress = QuantityDescription(
        "max_von_mises_start", units: "Pa", "largest equivalent stress at the start, at the void")
    /// Time of the run.
    public static let duration = TransportQuantities.duration
    /// Radius at the end.
    public static let radius = QuantityDescription("radius", units: "m", "radius of the void at the end")
    /// Void fraction at the end.
    public static let voidFraction = QuantityDescription(
        "void_fraction", units: "1", "volume of the void over that of void and metal at the end")

    /// Results that tell of the computation and not of the void; they have no error.
    public static let work = [
        TransportQuantities.steps, TransportQuantities.rejected, TransportQuantities.newtonIterations,
    ]

    /// Results of which a run must know more than the size.
    public static let mustBeResolved = [timeToClose, timeToHalf]

    /// All results that the summary of a run can hold, in its order.
    public static let results =
        [timeToClose, timeToHalf, initialRate, foldingTime, initialStress, duration, radius, voidFraction] + work
}
