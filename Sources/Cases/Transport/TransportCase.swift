import Materials
import Models
import Quantities
import TimeIntegration

/// The keys of the `transport` model, each declared here once, and the parameters they make.
public struct TransportCase: CaseModel {
    /// The word behind `model:`.
    public static let name = "transport"
    /// What the model computes.
    public static let summary =
        "Lithium transport through the thickness of a Li-Mg layer between an electrolyte (z = 0) and a current collector "
        + "(z = L): dc/dt = d/dz (D dc/dz), with the flux i/F at the electrolyte and none at the collector"
    /// Results that a run can report.
    public static let results = TransportQuantities.results
    /// Results that tell of the computation.
    public static let work = TransportQuantities.work
    /// The times, the utilisation and the capacity.
    public static let mustBeResolved = TransportQuantities.mustBeResolved
    /// Fields on the nodes.
    public static let fields = TransportQuantities.fields
    /// Scalars of each time step.
    public static let series = TransportQuantities.series

    /// The parameters in SI units.
    public private(set) var parameters: TransportParameters
    private let estimatesError: Bool

    /// Reads the model's keys from the top of a case.
    public init(_ keys: KeyReader) {
        let temperature = keys.quantity(
            "temperature", .temperature, example: "25 degC", default: "25 degC", range: .from("100 K", to: "1000 K"),
            "Temperature of the layer; used where the diffusivity depends on it.")
        let material = keys.transportMaterial()
        let layer = keys.section("layer", "The Li-Mg layer.") { LayerKeys($0, volume: material.material.volume?.law) }
        let limits = keys.section(
            "limits", isRequired: false, "Concentrations at which the surface at the electrolyte ends a step."
        ) {
            LimitKeys($0, composition: layer.composition)
        }
        let ownDiffusivity = keys.ownDiffusivity(
            temperature: temperature, composition: layer.composition, isRequired: !material.isNamed)
        let initial = keys.initialProfile(layer: layer, saturation: limits.saturation)
        let steps = keys.list("protocol", "What is done to the layer, step after step.", StepKeys.init)
        let mesh = keys.section("mesh", isRequired: false, "Cells along the thickness.", MeshKeys.init)
        let numerics = keys.section("numerics", isRequired: false, "Time integration.", NumericsKeys.init)
        let output = keys.section("output", isRequired: false, "What is written.", OutputKeys.init)

        limits.check(keys, initial: initial, layer: layer)
        let compositions = TransportCompositions(
            initial: initial, limits: limits, steps: steps.map(\.step), composition: layer.composition)
        let diffusivity = keys.transportDiffusivity(
            own: ownDiffusivity, of: material, temperature: temperature, within: compositions)
        estimatesError = numerics.estimatesError
        parameters = TransportParameters(
            thickness: layer.thickness, frame: layer.frame, composition: layer.composition, diffusivity: diffusivity,
            initial: initial, saturation: limits.saturation, depletion: limits.depletion,
            protocolSteps: steps.map(\.step), cells: mesh.cells, grading: mesh.grading, integrator: numerics.settings,
            frames: output.frames)
    }

    /// The case on a coarser mesh and with longer steps; none with `numerics.error_estimate: off`.
    public var coarser: [TransportCase] {
        guard estimatesError else { return [] }
        return parameters.coarser.map {
            var coarser = self
            coarser.parameters = $0
            return coarser
        }
    }

    /// Runs the case.
    ///
    /// - Throws: `RunFailure` when it cannot be solved, and what the observer throws.
    public func run(observer: any RunObserver) throws -> RunReport {
        var run = TransportRun(parameters, observer: observer)
        return try run.run()
    }
}

struct LayerKeys {
    let thickness: Double
    let frame: TransportParameters.Frame
    let composition: AlloyComposition

    /// How a concentration in a slab stands to the composition.
    enum SlabVolume: String, CaseIterable {
        case shared
        case host
    }

    init(_ keys: KeyReader, volume: MolarVolume?) {
        thickness = keys.quantity(
            "thickness", .length, example: "5 um", range: .from("0.1 nm", to: "10 cm"), "Thickness at the start.")
        let frame =
            keys.word(
                "frame", TransportParameters.Frame.self, default: .slab,
                "`slab`: the thickness stays; `host`: the coordinate is fixed to the magnesium, and the layer swells and thins "
                    + "with its lithium.")
        let slabVolume = keys.when(frame.map { $0 == .slab }, "`layer.frame` is `slab`") {
            $0.word(
                "slab_volume", SlabVolume.self, default: .shared,
                "What composition a concentration stands for in the slab. `shared`: Li and Mg share the volume, "
                    + "y = c V_Mg / (1 - c V_Li) (Krauskopf et al. 2019; 69.6 mmol/cm^3 is about Li0.9Mg0.1); `host`: c counts "
                    + "lithium per volume of pure Mg, y = c V_Mg (Wang et al. 2024, Fig. 4e).")
        }
        self.frame = frame ?? .slab
        // After a mistake in the words above a composition stands for no concentration that is known.
        let isKnown = frame == .host || (frame == .slab && slabVolume != nil)
        composition = AlloyComposition(
            relation: slabVolume == .host ? .perHostVolume : .sharedVolume,
            lithiumVolume: isKnown ? volume?.lithiumVolume ?? .nan : .nan,
            hostVolume: isKnown ? volume?.hostVolume ?? .nan : .nan)
    }
}

struct LimitKeys {
    let saturation: Double
    let depletion: Double

    init(_ keys: KeyReader, composition: AlloyComposition) {
        saturation =
            keys.composition(
                "saturation", of: composition, example: "69.6 mmol/cm^3",
                default: "69.6 mmol/cm^3",
                "Upper limit c_max at the electrolyte (default: Li0.9Mg0.1, Krauskopf et al. 2019; Wang et al. 2024).")
            ?? .nan
        depletion =
            keys.composition(
                "depletion", of: composition, example: "24.0 mmol/cm^3", default: "0 mmol/cm^3",
                "Lower limit at the electrolyte; the beta phase of Li-Mg ends at 24.0 mmol/cm^3 (Krauskopf et al. 2019)."
            )
            ?? .nan
    }

    /// Notes limits that contradict each other, the initial state or the composition rule.
    func check(_ keys: KeyReader, initial: TransportParameters.InitialProfile, layer: LayerKeys) {
        let supremum = layer.composition.supremum
        if saturation <= depletion {
            return keys.problem(
                "limits.saturation",
                "\(shown(saturation)) does not lie above `limits.depletion`, \(shown(depletion))")
        }
        if saturation >= supremum {
            return keys.problem(
                "limits.saturation",
                "\(shown(saturation)) does not lie below pure lithium, 1/V_Li = \(shown(supremum)); lower it"
                    + (layer.frame == .slab
                        ? ", or set `layer.slab_volume: host` if concentrations count per volume of Mg" : ""))
        }
        let (lowest, highest) =
            switch initial {
            case .uniform(let value): (value, value)
            case .table(let table): (table.y.min() ?? 0, table.y.max() ?? 0)
            }
        if highest > saturation {
            keys.problem("initial", "\(shown(highest)) lies above `limits.saturation`, \(shown(saturation))")
        } else if lowest < depletion {
            keys.problem("initial", "\(shown(lowest)) lies below `limits.depletion`, \(shown(depletion))")
        }
    }

    private func shown(_ concentration: Double) -> String { Cases.shown(concentration, "mmol/cm^3") }
}

struct MeshKeys {
    let cells: Int
    let grading: Double

    init(_ keys: KeyReader) {
        cells = keys.integer(
            "cells", in: 2...1_000_000, default: 64, "Number of cells; each is a quadratic element with three nodes.")
        grading = keys.quantity(
            "grading", .dimensionless, example: "10", default: "10", range: .from("1e-3", to: "1e6"),
            "Size of the last cell (at the collector) over that of the first (at the electrolyte).")
    }
}

struct NumericsKeys {
    let settings: IntegratorSettings
    let estimatesError: Bool

    enum Switch: String, CaseIterable {
        case on
        case off
    }

    init(_ keys: KeyReader) {
        let step = ValueRange.above("0 s", upTo: "1e12 s")
        settings = IntegratorSettings(
            relativeTolerance: keys.quantity(
                "relative_tolerance", .dimensionless, example: "1e-8", default: "1e-8",
                range: .from("1e-13", to: "1e-5"),
                "Largest local error of a time step over the saturation limit c_max, in the maximum norm; in the host frame "
                    + "of lithium per volume of pure Mg, which is stricter."),
            initialStep: keys.optionalQuantity(
                "initial_step", .time, example: "1 ms", range: step,
                "First time step of each protocol step; chosen from the tolerance when absent."),
            maximumStep: keys.optionalQuantity(
                "max_step", .time, example: "60 s", range: step, "Longest time step; no limit when absent.")
                ?? .infinity,
            maximumSteps: keys.integer(
                "max_steps", in: 1...1_000_000_000, default: 1_000_000,
                "Most time steps in one protocol step, rejected ones included."))
        estimatesError =
            keys.word(
                "error_estimate", Switch.self, default: .on,
                "Whether the case is solved twice more, on half the cells and with thirty times the tolerance, to estimate the error "
                    + "of each result as twice the sum of the differences. A run whose times, capacity or utilisation are then off by "
                    + "more than 5 % fails.") == .on
    }
}

struct OutputKeys {
    let frames: FrameSchedule

    init(_ keys: KeyReader) {
        let time = ValueRange.above("0 s", upTo: "1e12 s")
        let choice: FrameSchedule? = keys.variant(
            "frames", default: (.map([("every", .plain("1"))]), .everySteps(1)),
            "When fields are written; `final`: at the end of the run only. The ends of protocol steps are "
                + "always among them, but for `times` and `final`.",
            [
                .word("final", .finalOnly),
                .key("every") {
                    .everySteps($0.integer("every", in: 1...1_000_000, example: 1, "After every n-th time step."))
                },
                .key("interval") {
                    .interval(
                        $0.quantity("interval", .time, example: "60 s", range: time, "At multiples of this time."))
                },
                .key("times") { keys in
                    let times = keys.quantities(
                        "times", .time, example: "[60 s, 10 min, 1 h]", range: time, "At these times, increasing.")
                    if zip(times, times.dropFirst()).contains(where: >=) {
                        keys.problem("times", "the times must increase")
                    }
                    return .times(times)
                },
            ])
        frames = choice ?? .finalOnly
    }
}
