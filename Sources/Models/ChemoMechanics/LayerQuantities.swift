import Quantities

/// The numbers that a run of a layer with stress delivers, by name; along a radius x is r and y is z.
public enum LayerQuantities {
    /// Fields on the vertices, in the order in which they are recorded.
    public static let fields =
        TransportQuantities.fields + [
            QuantityDescription("potential_chemical", units: "V", "chemical part of the potential, -mu_chem/F"),
            QuantityDescription("potential_mechanical", units: "V", "mechanical part of the potential, -mu_mech/F"),
            QuantityDescription("hydrostatic_stress", units: "Pa", "hydrostatic stress, tension positive"),
            QuantityDescription("von_mises", units: "Pa", "equivalent stress of von Mises"),
            QuantityDescription("stress_xx", units: "Pa", "stress along x, the radial one of a disk"),
            QuantityDescription("stress_yy", units: "Pa", "stress along y, through the thickness"),
            QuantityDescription("stress_across", units: "Pa", "stress across the plane, the hoop stress of a disk"),
            QuantityDescription("stress_xy", units: "Pa", "shear stress"),
            QuantityDescription("displacement", units: "m", components: 2, "displacement"),
            QuantityDescription(
                "flux_concentration", units: "mol m-2 s-1", components: 2, "flux by concentration, -D grad c"),
            QuantityDescription(
                "flux_stress", units: "mol m-2 s-1", components: 2, "flux by stress, -L grad mu_mech"),
        ]

    /// Scalars of each accepted step, in the order in which they are recorded; energies are for each area of electrolyte.
    public static let series = [
        QuantityDescription("protocol_step", units: "1", "index of the protocol step"),
        QuantityDescription("step_size", units: "s", "length of the time step"),
        QuantityDescription("current_density", units: "A m-2", "mean current density, positive when plating"),
        QuantityDescription("charge", units: "C m-2", "net charge passed into the layer"),
        QuantityDescription("li_per_mg_electrolyte", units: "1", "lithium per magnesium at the electrolyte, x = 0"),
        QuantityDescription("li_per_mg_collector", units: "1", "lithium per magnesium at the collector, x = 0"),
        QuantityDescription(
            "potential_mechanical_electrolyte", units: "V", "mechanical part of the potential at the electrolyte, x = 0"
        ),
        QuantityDescription("concentration_mean", units: "mol m-3", "lithium in the layer over its volume"),
        QuantityDescription(
            "utilisation", units: "1", "fraction of the lithium this step could move that it has moved"),
        QuantityDescription("lithium", units: "mol m-2", "lithium in the layer"),
        QuantityDescription(
            "lithium_imbalance", units: "mol m-2", "lithium in the layer less what was there and passed"),
        QuantityDescription("max_von_mises", units: "Pa", "largest equivalent stress of von Mises"),
        QuantityDescription("largest_slip", units: "m", "largest slip along a surface"),
        QuantityDescription("free_energy", units: "J m-2", "free energy gained since the start"),
        QuantityDescription(
            "work", units: "J m-2", "work of the lithium that entered and, two-way, of the stack pressure"),
        QuantityDescription("dissipation_diffusion", units: "J m-2", "dissipated by the diffusion of lithium"),
        QuantityDescription("dissipation_slip", units: "J m-2", "dissipated by slip along the surfaces, two-way"),
        QuantityDescription("newton_iterations", units: "1", "Newton iterations of the step, all stages"),
    ]

    /// Lithium per magnesium at the electrolyte on the axis.
    public static let lithiumAtElectrolyte = QuantityDescription(
        "li_per_mg_electrolyte", units: "1", "lithium per magnesium at the electrolyte, on the axis, at the end")
    /// Lithium per magnesium at the collector on the axis.
    public static let lithiumAtCollector = QuantityDescription(
        "li_per_mg_collector", units: "1", "lithium per magnesium at the collector, on the axis, at the end")
    /// U_chem at the electrolyte.
    public static let chemicalAtElectrolyte = QuantityDescription(
        "potential_chemical_electrolyte", units: "V",
        "chemical part of the potential at the electrolyte, on the axis, at the end")
    /// U_chem at the collector.
    public static let chemicalAtCollector = QuantityDescription(
        "potential_chemical_collector", units: "V",
        "chemical part of the potential at the collector, on the axis, at the end")
    /// U_mech at the electrolyte.
    public static let mechanicalAtElectrolyte = QuantityDescription(
        "potential_mechanical_electrolyte", units: "V",
        "mechanical part of the potential at the electrolyte, on the axis, at the end")
    /// U_mech at the collector.
    public static let mechanicalAtCollector = QuantityDescription(
        "potential_mechanical_collector", units: "V",
        "mechanical part of the potential at the collector, on the axis, at the end")
    /// The largest von Mises stress.
    public static let largestVonMises = QuantityDescription(
        "max_von_mises", units: "Pa",
        "largest equivalent stress of von Mises at the end; grows with the mesh where a held surface meets a free side")
    /// The largest von Mises stress away from the side.
    public static let largestInnerVonMises = QuantityDescription(
        "max_von_mises_inner", units: "Pa",
        "largest equivalent stress of von Mises at the end over the inner nine tenths of the width")
    /// Von Mises stress at the electrolyte.
    public static let vonMisesAtElectrolyte = QuantityDescription(
        "von_mises_electrolyte", units: "Pa",
        "equivalent stress of von Mises at the electrolyte, on the axis, at the end")
    /// Von Mises stress at the collector.
    public static let vonMisesAtCollector = QuantityDescription(
        "von_mises_collector", units: "Pa", "equivalent stress of von Mises at the collector, on the axis, at the end")
    /// The largest slip.
    public static let largestSlip = QuantityDescription(
        "largest_slip", units: "m", "largest slip along a surface at the end")
    /// The energy that is missing.
    public static let energyError = QuantityDescription(
        "energy_error", units: "1",
        "free energy gained and dissipated less the work done, over the sum of their sizes, at the end")

    /// Results that tell of the computation and not of the layer; they have no error.
    public static let work = [energyError] + TransportQuantities.work

    /// Results of which a run must know more than the size: times, utilisation and capacity.
    public static let mustBeResolved = TransportQuantities.mustBeResolved

    /// All results that the summary of a run can hold, in its order.
    public static let results =
        [
            lithiumAtElectrolyte, lithiumAtCollector, chemicalAtElectrolyte, chemicalAtCollector,
            mechanicalAtElectrolyte, mechanicalAtCollector, vonMisesAtElectrolyte, vonMisesAtCollector, largestVonMises,
            largestInnerVonMises, largestSlip, TransportQuantities.timeToSaturation,
            TransportQuantities.timeToDepletion, TransportQuantities.utilisation, TransportQuantities.capacity,
            TransportQuantities.duration, TransportQuantities.mean, TransportQuantities.lithiumChange,
        ] + work
}
