import Checkpoints
import Formulas
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
        + "(z = L): dc/dt = d/dz (D dc/dz), with the flux i/F at the electrolyte and none at the collector; or the same in "
        + "the plane of a strip or a disk, along which the current may vary"
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
    /// The keys that make the mesh finer.
    public static let resolutionKeys = ["mesh.cells", "mesh.grading"]

    /// The parameters of the layer over its thickness, in SI units.
    public private(set) var parameters: TransportParameters
    /// The layer in two dimensions, which then is what runs; nil for a slab.
    public private(set) var plane: LayerParameters?
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
            LimitKeys($0, composition: layer.composition, Self.limitMeaning)
        }
        let ownDiffusivity = keys.ownDiffusivity(
            temperature: temperature, composition: layer.composition, isRequired: !material.isNamed,
            "Interdiffusion coefficient D of lithium: that of Fick's law in the slab, and with the same value of "
                + "J = -D c_Mg dy/dz in the host frame. `material`: that of `material` at `temperature`, which is the default of "
                + "a case that names a material.")
        let initial = keys.initialProfile(layer: layer, saturation: limits.saturation)
        let currentProfile = keys.when(layer.isPlane, LayerKeys.inPlane) {
            $0.section("electrolyte", isRequired: false, "The side of the electrolyte.") {
                $0.when(layer.isPlane, LayerKeys.inPlane) { $0.currentProfile(isDisk: layer.shape == .disk) }
            }
        }
        let steps = keys.list("protocol", "What is done to the layer, step after step.", StepKeys.init)
        let mesh = keys.section("mesh", isRequired: false, "Cells along the thickness.") {
            MeshKeys($0, isPlane: layer.isPlane)
        }
        let (numerics, threads) = keys.section("numerics", isRequired: false, "Time integration.") {
            (NumericsKeys($0, Self.numerics), $0.when(layer.isPlane, LayerKeys.inPlane) { $0.threads() } ?? 1)
        }
        let output = keys.section("output", isRequired: false, "What is written.", OutputKeys.init)

        let advice =
            layer.frame == .slab ? ", or set `layer.slab_volume: host` if concentrations count per volume of Mg" : ""
        limits.check(keys, initial: initial.bounds, composition: layer.composition, advice: advice)
        let protocolSteps = steps.map(\.step)
        let checked = LayerMaterial(
            keys: keys, material: material, temperature: temperature,
            compositions: ReachableCompositions(
                initial: initial.bounds, limits: limits, steps: protocolSteps, composition: layer.composition),
            model: Self.name, diffusivityKey: "diffusivity")
        var diffusivity: Diffusivity?
        if !keys.isDescribing {
            checked.checkVolume()
            diffusivity = checked.diffusivity(
                own: ownDiffusivity, takesThatOfMaterial: keys.takesDiffusivityOfMaterial)
        }
        estimatesError = numerics.estimatesError
        parameters = TransportParameters(
            thickness: layer.thickness, frame: layer.frame, composition: layer.composition,
            diffusivity: diffusivity ?? .constant(.nan), initial: initial, saturation: limits.saturation,
            depletion: limits.depletion, protocolSteps: protocolSteps, cells: mesh.cells, grading: mesh.grading,
            integrator: numerics.settings, frames: output.frames)
        if layer.isPlane == true {
            plane = parameters.inPlane(layer, columns: mesh.columns, temperature: temperature)
            plane?.threads = threads
            if let profile = currentProfile ?? nil { plane?.currentProfile = profile.profile(overWidth: layer.width) }
        }
    }

    private static let limitMeaning = LimitKeys.Meaning(
        saturation:
            "Upper limit c_max at the electrolyte (default: Li0.9Mg0.1, Krauskopf et al. 2019; Wang et al. 2024).",
        depletion:
            "Lower limit at the electrolyte; the beta phase of Li-Mg ends at 24.0 mmol/cm^3 (Krauskopf et al. 2019).",
        depletionExample: "24.0 mmol/cm^3")
    private static let numerics = NumericsKeys.Standard(
        tolerance: "1e-8", toleranceRange: .from("1e-13", to: "1e-2"),
        toleranceMeaning:
            "Largest local error of a time step over the saturation limit c_max, in the maximum norm; in the host frame "
            + "of lithium per volume of pure Mg, which is stricter.",
        resolvedResults: "times, capacity or utilisation")

    /// The case on a coarser mesh and with longer steps; none with `numerics.error_estimate: off`.
    public var coarser: [TransportCase] {
        guard estimatesError else { return [] }
        if let plane {
            return plane.coarser.map {
                var coarser = self
                coarser.plane = $0
                return coarser
            }
        }
        return parameters.coarser.map {
            var coarser = self
            coarser.parameters = $0
            return coarser
        }
    }

    /// Threads that the run uses.
    public var threads: Int { plane?.threads ?? 1 }

    /// Memory of the run, bytes.
    public var memory: Int {
        plane.map { MemoryEstimate.lattice(columns: $0.body.columns, rows: $0.body.rows) }
            ?? MemoryEstimate.lines(1, cells: parameters.cells)
    }

    /// Runs the case.
    ///
    /// - Throws: `RunFailure` when it cannot be solved, and what the observer throws.
    public func run(observer: any RunObserver, resuming saved: SavedState?) throws -> RunReport {
        if let plane { return try LayerRun(plane, observer: observer).run(resuming: saved) }
        var run = TransportRun(parameters, observer: observer)
        return try run.run(resuming: saved)
    }
}

extension TransportParameters {
    /// The ratio of a grading, which a plane always has.
    private var ratioOfGrading: Double { if case .ratio(let ratio) = grading { ratio } else { .nan } }

    /// The same layer in the plane, without stress.
    fileprivate func inPlane(_ layer: LayerKeys, columns: Int, temperature: Double) -> LayerParameters {
        var plane = LayerParameters(
            body: layer.body(columns: columns, rows: cells, grading: ratioOfGrading),
            // Without stress nothing drifts, and what lithium is in the layer has no effect.
            lithium: LithiumParameters(
                solution: .dilute(hostVolume: composition.hostVolume), diffusivity: diffusivity,
                composition: composition, temperature: temperature),
            mechanics: nil, coupling: .oneWay, initial: initial.bounds.least, saturation: saturation,
            depletion: depletion, protocolSteps: protocolSteps, integrator: integrator, frames: frames)
        plane.resolutionKeys = ["mesh.cells", "mesh.columns"]
        return plane
    }
}

extension TransportParameters.InitialProfile {
    /// The least and the largest concentration, mol/m3.
    var bounds: (least: Double, largest: Double) {
        switch self {
        case .uniform(let value): (value, value)
        case .table(let table): (table.y.min() ?? .nan, table.y.max() ?? .nan)
        }
    }
}

struct MeshKeys {
    let cells: Int
    let grading: TransportParameters.Grading
    let columns: Int

    init(_ keys: KeyReader, isPlane: Bool?) {
        cells = keys.integer(
            "cells", in: 2...1_000_000, default: 64,
            "Number of cells along the thickness; each is a quadratic element with three nodes, in two dimensions a row of "
                + "bilinear elements.")
        let ratio = ValueRange.from("1e-3", to: "1e6")
        grading =
            keys.variant(
                "grading", default: (.plain("10"), .ratio(10)),
                "Size of the last cell (at the collector) over that of the first (at the electrolyte). `auto`, for a slab that starts "
                    + "with one composition: the cells cover the depth to which the protocol diffuses, which in a study is another for "
                    + "each point.",
                [.quantity(.dimensionless, example: "10", range: ratio) { .ratio($0) }, .word("auto", .automatic)])
            ?? .ratio(.nan)
        if case .automatic = grading, isPlane == true {
            keys.problem("grading", "a strip or a disk needs a number, such as 10, found `auto`")
        }
        columns =
            keys.when(isPlane, LayerKeys.inPlane) {
                $0.integer(
                    "columns", in: 1...2000, default: 32, "Number of cells along the electrolyte, all of one size.")
            } ?? 1
        if isPlane == true && cells > 2000 {
            keys.problem("cells", "a strip or a disk can have 2000 cells along its thickness at most, found \(cells)")
        }
    }
}

extension KeyReader {
    /// What transport uses of a material: its volumes and, where the case gives no diffusivity of its own, how it diffuses.
    fileprivate func transportMaterial() -> CaseMaterial {
        let isWhole = isDescribing || takesDiffusivityOfMaterial
        return material(
            isWhole ? [.volume, .thermodynamics, .diffusivity] : [.volume], default: "li-mg",
            "The material of the layer: its partial molar volumes and, unless `diffusivity` is given, its interdiffusion "
                + "coefficient at `temperature`.")
    }
}
