import Checkpoints
import Formulas
import Materials
import Models
import Quantities
import TimeIntegration

/// The keys of the `chemo-mechanics` model, each declared here or in its section once, and the parameters they make.
public struct ChemoMechanicsCase: CaseModel {
    /// The word behind `model:`.
    public static let name = "chemo-mechanics"
    /// What the model computes.
    public static let summary =
        "Lithium and stress in the plane of a layer between a current collector (y = 0) and an electrolyte: dc/dt = -div J, "
        + "J = -D grad c - L grad mu_mech, mu_mech = -Omega_eff sigma_h and the term of a stiffness that varies, in mechanical "
        + "equilibrium of an elastic layer that lithium swells, at small strain; c counts lithium per volume of the layer at the start"
    /// Results that a run can report.
    public static let results = LayerQuantities.results
    /// Results that tell of the computation.
    public static let work = LayerQuantities.work
    /// Times, utilisation and capacity.
    public static let mustBeResolved = LayerQuantities.mustBeResolved
    /// Fields on the vertices.
    public static let fields = LayerQuantities.fields
    /// Scalars of each time step.
    public static let series = LayerQuantities.series
    /// The keys that make the mesh finer.
    public static let resolutionKeys = ["mesh.rows", "mesh.columns"]

    /// The parameters in SI units.
    public private(set) var parameters: LayerParameters
    private let estimatesError: Bool

    /// Reads the model's keys from the top of a case.
    public init(_ keys: KeyReader) {
        let temperature = keys.quantity(
            "temperature", .temperature, example: "25 degC", default: "25 degC", range: .from("100 K", to: "1000 K"),
            "Temperature of the layer.")
        let material = keys.chemoMechanicsMaterial()
        let volume = material.material.volume?.law
        let coupling =
            keys.word(
                "coupling", LayerParameters.Coupling.self, default: .twoWay,
                "`two-way`: lithium swells the layer and stress drives lithium; `one-way`: stress a posteriori, as Wang et al. "
                    + "2024 do: it is computed from the lithium and does not act back.") ?? .twoWay
        let geometry = keys.section("geometry", "The layer and its surroundings.", GeometryKeys.init)
        // At the start lithium and host share the volume of the layer; from then on c counts by that volume.
        let asPrepared = AlloyComposition(
            relation: .sharedVolume, lithiumVolume: volume?.lithiumVolume ?? .nan,
            hostVolume: volume?.hostVolume ?? .nan)
        let initial = keys.uniformInitial(of: asPrepared) ?? .nan
        let start: Double = asPrepared.lithiumPerHost(concentration: initial)
        let composition = AlloyComposition(
            relation: .perHostVolume, lithiumVolume: asPrepared.lithiumVolume,
            hostVolume: asPrepared.hostVolume + start * asPrepared.lithiumVolume)
        let limits = keys.section(
            "limits", isRequired: false, "Concentrations at which the surface at the electrolyte ends a step."
        ) {
            LimitKeys($0, composition: composition, Self.limitMeaning)
        }
        let lithium = keys.section("lithium", isRequired: false, "Lithium in the layer.") {
            LithiumKeys($0, temperature: temperature, composition: composition)
        }
        let swelling = keys.section("swelling", isRequired: false, "Swelling of the layer by its lithium.") {
            SwellingKeys($0, composition: composition, saturation: limits.saturation)
        }
        let electrolyte = keys.section(
            "electrolyte", isRequired: false,
            "The surface at the electrolyte, which is free along y but for the stack pressure."
        ) { ElectrolyteKeys($0, geometry) }
        let collector = keys.section(
            "collector", isRequired: false, "The surface at the collector, which holds the layer in place along y."
        ) {
            ContactKeys($0, geometry, default: .sliding, adhesionEnergy: nil)
        }
        let steps = keys.list("protocol", "What is done to the layer, step after step.", StepKeys.init).map(\.step)
        let mesh = keys.section(
            "mesh", isRequired: false,
            "Quadrilaterals, on which the displacement is quadratic along each direction and the concentration linear."
        ) { LayerMeshKeys($0, geometry) }
        let (numerics, threads) = keys.section("numerics", isRequired: false, "Time integration.") {
            (NumericsKeys($0, Self.numerics), $0.threads())
        }
        let output = keys.section("output", isRequired: false, "What is written.", OutputKeys.init)

        let bounds = (least: initial, largest: initial)
        limits.check(keys, initial: bounds, composition: composition)
        if geometry.side == .periodic && electrolyte.surface.isSliding == true && collector.isSliding == true {
            keys.problem(
                "geometry.side",
                "nothing holds a periodic strip along x whose contacts are both `sliding`; hold it with `electrolyte.contact` or "
                    + "`collector.contact` as `bonded` or `friction`")
        }
        estimatesError = numerics.estimatesError
        let unknown = ElasticConstants(bulkModulus: Double.nan, shearModulus: .nan)
        var solid = AlloySolid(
            elasticity: .isotropic(unknown),
            swelling: swelling.swelling(initial: initial, composition: composition, host: asPrepared.hostVolume),
            composition: composition, concentration: Self.concentrationComponent)
        var chemistry = LithiumParameters(
            solution: .dilute(hostVolume: composition.hostVolume), diffusivity: .constant(.nan),
            composition: composition, temperature: temperature)
        if !keys.isDescribing {
            let checked = LayerMaterial(
                keys: keys, material: material, temperature: temperature,
                compositions: ReachableCompositions(
                    initial: bounds, limits: limits, steps: steps, composition: composition,
                    isDrivenByStress: coupling == .twoWay),
                model: Self.name, diffusivityKey: "lithium.diffusivity")
            checked.checkVolume()
            if let elasticity = checked.elasticity() { solid.elasticity = elasticity }
            let largest = max(initial, steps.contains { $0.kind == .plate } ? limits.saturation : initial)
            chemistry.solution =
                lithium.lithiumSolution(checked, largest: largest, hostVolume: composition.hostVolume)
                ?? chemistry.solution
            chemistry.diffusivity =
                checked.diffusivity(
                    own: lithium.ownDiffusivity, takesThatOfMaterial: lithium.takesDiffusivityOfMaterial)
                ?? chemistry.diffusivity
        }
        let mechanics = MechanicsParameters(
            solid: solid, across: geometry.across, electrolyte: electrolyte.surface.contact,
            collector: collector.contact, stackPressure: electrolyte.stackPressure)
        parameters = LayerParameters(
            body: geometry.body(mesh), lithium: chemistry, mechanics: mechanics, coupling: coupling, initial: initial,
            saturation: limits.saturation, depletion: limits.depletion, protocolSteps: steps,
            integrator: numerics.settings, frames: output.frames)
        parameters.lawsEnd = limits.saturation
        parameters.resolutionKeys = Self.resolutionKeys
        if !keys.isDescribing && coupling == .twoWay { refuseDecomposition(keys) }
        parameters.threads = threads
        if let profile = electrolyte.currentProfile {
            parameters.currentProfile = profile.profile(overWidth: geometry.width)
        }
    }

    /// The concentration comes after the two components of the displacement.
    private static let concentrationComponent = 2

    private static let limitMeaning = LimitKeys.Meaning(
        saturation:
            "Upper limit c_max at the electrolyte, which tolerances refer to, and up to which the laws of the layer are checked: a "
            + "run stops where the lithium passes it anywhere (default: that of Wang et al. 2024; in a layer that starts "
            + "without lithium it is 0.97 lithium per magnesium).",
        depletion:
            "Lower limit at the electrolyte; the beta phase of Li-Mg ends at 0.49 lithium per magnesium (24.0 mmol/cm^3 of a "
            + "volume that both share, Krauskopf et al. 2019).",
        depletionExample: "35 mmol/cm^3")
    private static let numerics = NumericsKeys.Standard(
        tolerance: "1e-4", toleranceRange: .from("1e-8", to: "1e-3"),
        toleranceMeaning: "Largest local error of a time step over `limits.saturation`, in the maximum norm.",
        resolvedResults: "a time, a utilisation or a capacity")

    /// Notes a layer that decomposes by itself: whose potential, held along its plane and free across, falls as it fills.
    private func refuseDecomposition(_ keys: KeyReader) {
        guard keys.context.problems.isEmpty, let solid = parameters.mechanics?.solid else { return }
        let (lithium, step) = (parameters.lithium, 1e-4 * parameters.saturation)
        func potential(_ c: Double) -> Double {
            lithium.solution.potential(c, temperature: lithium.temperature) + solid.potentialOfHeldFilm(c)
        }
        for index in 1...200 {
            let c = parameters.depletion + (parameters.saturation - parameters.depletion) * Double(index) / 200
            guard potential(c + step) <= potential(c - step) else { continue }
            let y: Double = lithium.composition.lithiumPerHost(concentration: c)
            return keys.problem(
                "limits.saturation",
                "the layer decomposes by itself at n_Li / n_Mg = \(shown(y)): its stiffness falls faster with its lithium than its "
                    + "potential rises; lower the limit, or take an `isotropic` stiffness or `coupling: one-way`")
        }
    }

    /// The case on a coarser mesh and with longer steps; none with `numerics.error_estimate: off`.
    public var coarser: [ChemoMechanicsCase] {
        guard estimatesError else { return [] }
        return parameters.coarser.map {
            var coarser = self
            coarser.parameters = $0
            return coarser
        }
    }

    /// Threads that the run uses.
    public var threads: Int { parameters.threads }

    /// Memory of the run, bytes.
    public var memory: Int {
        MemoryEstimate.stressedLattice(columns: parameters.body.columns, rows: parameters.body.rows)
    }

    /// Runs the case.
    ///
    /// - Throws: `RunFailure` when it cannot be solved, and what the observer throws.
    public func run(observer: any RunObserver, resuming saved: SavedState?) throws -> RunReport {
        try LayerRun(parameters, observer: observer).run(resuming: saved)
    }
}

/// The `electrolyte` of a layer with stress.
private struct ElectrolyteKeys {
    let surface: ContactKeys
    /// Pa.
    let stackPressure: Double
    let currentProfile: Formula?

    init(_ keys: KeyReader, _ geometry: GeometryKeys) {
        surface = ContactKeys(keys, geometry, default: .friction, adhesionEnergy: "1 J/m^2")
        stackPressure = keys.quantity(
            "stack_pressure", .pressure, example: "5 MPa", default: "0 MPa", range: .from("0 MPa", to: "10 GPa"),
            "Pressure on the surface.")
        currentProfile =
            keys.when(geometry.hasWidth, GeometryKeys.withWidth) { $0.currentProfile(isDisk: geometry.shape == .disk) }
    }
}
