import Checkpoints
import Materials
import Models
import Quantities
import TimeIntegration

/// The keys of the `flux-balance` model, each declared here or in its section once, and the parameters they make.
public struct FluxBalanceCase: CaseModel {
    /// The word behind `model:`.
    public static let name = "flux-balance"
    /// What the model computes.
    public static let summary =
        "Contact of a lithium or Li-Mg layer with its electrolyte: stripping takes lithium from the interface at i/F, lattice and "
        + "creep bring it back, and what they do not bring opens voids, dchi/dt = -(Omega/h_v) J_void of the contact fraction chi, "
        + "with the local current i/chi and the local pressure P/chi; half, symmetric and full cells, until the local current "
        + "shorts the cell"
    /// Results that a run can report.
    public static let results = FluxBalanceQuantities.results
    /// Results that tell of the computation.
    public static let work = FluxBalanceQuantities.work
    /// Results of which a run must know more than the size.
    public static let mustBeResolved = FluxBalanceQuantities.mustBeResolved
    /// Fields on the nodes.
    public static let fields = FluxBalanceQuantities.fields
    /// Scalars of each time step.
    public static let series = FluxBalanceQuantities.series
    /// The keys that make the mesh finer.
    public static let resolutionKeys = ["mesh.cells", "mesh.grading"]

    /// The parameters in SI units.
    public private(set) var parameters: FluxBalanceParameters
    private let estimatesError: Bool

    /// Reads the model's keys from the top of a case.
    public init(_ keys: KeyReader) {
        let temperature = keys.quantity(
            "temperature", .temperature, example: "25 degC", default: "25 degC", range: .from("100 K", to: "1000 K"),
            "Temperature of the cell.")
        let (material, isAlloy) = keys.electrodeMaterial()
        let interface = keys.material(
            [.kinetics], at: "interface", default: "li-lpscl",
            "The material file of the interface of metal and electrolyte: its charge transfer.")
        let isLithium = isAlloy.map { !$0 }
        let electrode = keys.section("electrode", "The layer; a symmetric cell has two of them.") {
            ElectrodeKeys(
                $0, isAlloy: isAlloy, volume: material.material.volume?.law, temperature: temperature)
        }
        let voids =
            keys.when(isLithium, ElectrodeKeys.ofLithium) {
                $0.section("voids", isRequired: false, "Voids between metal and electrolyte.", VoidKeys.init(_:))
            } ?? VoidKeys()
        let contact = keys.section("contact", isRequired: false, "The contact of metal and electrolyte.") {
            InterfaceContactKeys($0, isAlloy: isAlloy)
        }
        let separator = keys.optionalSection(
            "electrolyte", "The electrolyte; without it it has no resistance."
        ) { SeparatorKeys($0) }
        let kind = keys.word(
            "cell", CellKind.self, default: .half,
            "What stands across the electrolyte. `half`: nothing that changes; `symmetric`: an electrode like this one, which plates "
                + "while this one strips; `full`: a `cathode`.")
        let cathode = keys.when(kind.map { $0 == .full }, "`cell` is `full`") { keys -> CathodeKeys? in
            if kind != .full && !keys.isDescribing && keys.entry("cathode") == nil { return nil }
            return keys.section("cathode", "The cathode, which takes up the lithium.", CathodeKeys.init)
        }
        let stack = keys.section("stack", "What presses the cell together.") { StackKeys($0, isAlloy: isAlloy) }
        let critical = keys.optionalSection("short", "When lithium enters the electrolyte and shorts the cell.") {
            $0.quantity(
                "critical_current_density", .currentDensity, example: "1.453 mA/cm^2",
                range: .from("1e-12 mA/cm^2", to: "1e6 mA/cm^2"),
                "The local current density i/chi that shorts the cell; without the section it never shorts.")
        }
        let surroundings = CellStepKeys.Cell(
            kind: kind, isAlloy: isAlloy, settles: stack.settles, leastContact: voids.leastContact)
        let steps = keys.list("protocol", "What is done to the cell, step after step.") {
            CellStepKeys($0, surroundings).steps
        }.flatMap(\.self)
        let isResolved: Bool? = isAlloy == nil ? nil : isAlloy == true || electrode.supply.lattice?.isResolved == true
        let mesh = keys.when(isResolved, "`electrode.lattice.diffusivity` is given, or \(ElectrodeKeys.ofAlloy)") {
            $0.section(
                "mesh", isRequired: false, "Cells along the thickness of an electrode.", LatticeMeshKeys.init(_:))
        }
        let numerics = keys.section("numerics", isRequired: false, "Time integration.") {
            NumericsKeys($0, Self.numerics)
        }
        let output = keys.section("output", isRequired: false, "What is written.") {
            OutputKeys($0, default: .final)
        }

        estimatesError = numerics.estimatesError
        keys.checkStiffness(stack, steps: steps)
        if isAlloy == true && electrode.frame == .slab { keys.checkFrame(stack, steps: steps) }
        let laws = CellLaws(keys: keys, temperature: temperature)
        let cell =
            keys.isDescribing
            ? nil
            : CheckedCell(
                laws: laws, material: material, interface: interface, electrode: electrode, voids: voids,
                contact: contact,
                separator: separator, cathode: cathode, stack: stack, kind: kind, steps: steps, isAlloy: isAlloy)
        parameters = FluxBalanceParameters(
            temperature: temperature, working: cell?.working ?? CheckedCell.unknown,
            counter: cell?.counter(kind) ?? .none, separatorResistance: cell?.separatorResistance ?? .nan,
            stack: StackParameters(
                pressure: stack.pressure, fixture: stack.fixture ?? .constantPressure,
                stiffness: stack.stiffness ?? .infinity, confinedCreep: cell?.confinedCreep, radius: stack.radius),
            criticalCurrentDensity: critical ?? .infinity, steps: steps, cells: mesh?.cells ?? 1,
            grading: mesh?.grading ?? 1, integrator: numerics.settings, frames: output.frames)
    }

    private static let numerics = NumericsKeys.Standard(
        tolerance: "1e-6", toleranceRange: .from("1e-12", to: "1e-2"),
        toleranceMeaning:
            "Largest local error of a time step, in the maximum norm: of the contact fraction, and of concentrations over the "
            + "critical deficit or the saturation limit.",
        resolvedResults: "times, contact or capacity")

    /// The case on a coarser mesh and with longer steps; none with `numerics.error_estimate: off`.
    public var coarser: [FluxBalanceCase] {
        guard estimatesError else { return [] }
        return parameters.coarser.map {
            var coarser = self
            coarser.parameters = $0
            return coarser
        }
    }

    /// Threads that the run uses.
    public var threads: Int { 1 }

    /// Memory of the run, bytes; a symmetric cell has two layers.
    public var memory: Int { MemoryEstimate.lines(parameters.counter.isElectrode ? 2 : 1, cells: parameters.cells) }

    /// Runs the case.
    ///
    /// - Throws: `RunFailure` when it cannot be solved, and what the observer throws.
    public func run(observer: any RunObserver, resuming saved: SavedState?) throws -> RunReport {
        var run = FluxBalanceRun(parameters, observer: observer)
        return try run.run(resuming: saved)
    }
}

/// The `mesh` of an electrode whose lattice is resolved.
private struct LatticeMeshKeys {
    let cells: Int
    let grading: Double

    init(_ keys: KeyReader) {
        cells = keys.integer(
            "cells", in: 2...1_000_000, default: 64,
            "Number of cells along the thickness; each is a quadratic element with three nodes.")
        grading = keys.quantity(
            "grading", .dimensionless, example: "10", default: "10", range: .from("1e-3", to: "1e6"),
            "Size of the last cell (at the collector) over that of the first (at the electrolyte).")
    }
}

extension SupplyKeys.Lattice {
    fileprivate var isResolved: Bool { if case .resolved = self { true } else { false } }
}

extension KeyReader {
    /// Notes a layer of Li-Mg whose frame does not let it swell although a fixture turns its thickness into pressure.
    fileprivate func checkFrame(_ stack: StackKeys, steps: [CellStep]) {
        let fixtures = [stack.fixture].compactMap(\.self) + steps.compactMap(\.fixture)
        guard fixtures.contains(where: { $0 != .constantPressure }) else { return }
        problem(
            "electrode",
            "Li-Mg in the frame `slab` keeps its thickness, which a `fixture` that is not `constant_pressure` would turn into "
                + "pressure; set `frame: host`")
    }

    /// Notes a stiffness that is missing although a fixture needs it.
    fileprivate func checkStiffness(_ stack: StackKeys, steps: [CellStep]) {
        let fixtures = [stack.fixture].compactMap(\.self) + steps.compactMap(\.fixture)
        guard fixtures.contains(where: { $0 != .constantPressure }), node(at: "stack") != nil,
            node(at: "stack.stiffness") == nil
        else { return }
        problem(
            "stack",
            "a `fixture` that is not `constant_pressure` needs the stiffness of cell and rig; give it, such as "
                + "`stiffness: 1.3e11 Pa/m`")
    }
}

extension FluxBalanceParameters.Counter {
    /// Whether it is a layer like the working electrode.
    fileprivate var isElectrode: Bool { if case .symmetric = self { true } else { false } }
}
