import Checkpoints
import Materials
import Models
import Quantities
import TimeIntegration

/// The keys of the `void-closure` model, each declared here or in its section once, and the parameters they make.
public struct VoidClosureCase: CaseModel {
    /// The word behind `model:`.
    public static let name = "void-closure"
    /// What the model computes.
    public static let summary =
        "A void in lithium that closes by creep under a constant pressure: a sphere, or a cylinder in plane strain, alone or with "
        + "an outer radius, in incompressible metal of any flow law without hardening; (da/dt)/a from the equilibrium "
        + "of the shell, p = g integral of sigma_e/r dr, against surface tension and a current that feeds the void"
    /// Results that a run can report.
    public static let results = VoidClosureQuantities.results
    /// Results that tell of the computation.
    public static let work = VoidClosureQuantities.work
    /// The times to closure and to half the radius.
    public static let mustBeResolved = VoidClosureQuantities.mustBeResolved
    /// Fields along the radius.
    public static let fields = VoidClosureQuantities.fields
    /// Scalars of each time step.
    public static let series = VoidClosureQuantities.series
    /// There is no mesh: the tolerance is what resolves the course.
    public static let resolutionKeys = ["numerics.relative_tolerance"]

    /// The parameters in SI units; nil while the keys are described or after a mistake in them.
    public private(set) var parameters: VoidClosureParameters?
    private let estimatesError: Bool

    /// Reads the model's keys from the top of a case.
    public init(_ keys: KeyReader) {
        let temperature = keys.quantity(
            "temperature", .temperature, example: "25 degC", default: "25 degC", range: .from("100 K", to: "1000 K"),
            "Temperature of the metal.")
        let material = keys.material(
            [.volume, .flow], default: "li",
            "The metal: its flow law, which must be one without hardening (`material.flow.use: garofalo` or `power_law`), and, "
                + "with a current, its molar volume.")
        let geometry = keys.section("geometry", "The void and the metal around it.", VoidGeometryKeys.init)
        let pressure = keys.quantity(
            "pressure", .pressure, example: "3 MPa", range: .above("0 MPa", upTo: "1 GPa"),
            "Pressure p on the metal, far away or at the outer radius.")
        let surfaceEnergy = keys.quantity(
            "surface_tension", .surfaceEnergy, example: "0.5 J/m^2", default: "0 J/m^2",
            range: .from("0 J/m^2", to: "10 J/m^2"),
            "Surface tension gamma of the void; it adds 2 gamma/a to the pressure on a sphere and gamma/a on a cylinder "
                + "(lithium: about 0.5 J/m^2, quoted from memory).")
        let currentDensity =
            keys.when(geometry.isAlone, "the void is alone") {
                $0.quantity(
                    "current_density", .currentDensity, example: "0 mA/cm^2", default: "0 mA/cm^2",
                    range: .from("0 mA/cm^2", to: "1e6 mA/cm^2"),
                    "Current density j on the void's surface that dissolves the metal there, da/dt = j Omega/F; a half sphere that "
                        + "is fed by the current on its mouth has half the current density of the mouth.")
            } ?? 0
        let end = keys.section(
            "until", isRequired: false, "The run ends with the first of these.", VoidEndKeys.init)
        let numerics = keys.section("numerics", isRequired: false, "Time integration.", VoidNumericsKeys.init)
        let output = keys.section("output", isRequired: false, "What is written.", OutputKeys.init)

        estimatesError = numerics.estimatesError
        guard !keys.isDescribing else { return }
        if currentDensity > 0 && end.time == nil {
            keys.problem(
                "current_density",
                "a void that a current feeds tends to a balance with creep and may never close; give the run an end, such as "
                    + "`until.time: 1 h`")
        }
        let checked = VoidMaterial(keys: keys, material: material, temperature: temperature)
        let molarVolume = currentDensity > 0 ? checked.molarVolume() : .nan
        guard let flow = checked.flow(), keys.context.problems.isEmpty else { return }
        var parameters = VoidClosureParameters(
            shape: geometry.shape, radius: geometry.radius, outerRadius: geometry.outerRadius, pressure: pressure,
            surfaceEnergy: surfaceEnergy, currentDensity: currentDensity, molarVolume: molarVolume, flow: flow,
            time: end.time, fraction: end.fraction, integrator: numerics.settings, frames: output.frames)
        parameters.stressRange = checked.stressRange(of: parameters)
        self.parameters = parameters
    }

    /// The case with a coarser tolerance and longer steps; none with `numerics.error_estimate: off`.
    public var coarser: [VoidClosureCase] {
        guard estimatesError else { return [] }
        var coarser = self
        coarser.parameters = parameters?.coarser
        return [coarser]
    }

    /// One.
    public var threads: Int { 1 }

    /// Memory of the run, bytes; there is no mesh.
    public var memory: Int { MemoryEstimate.program }

    /// Runs the case.
    ///
    /// - Throws: `RunFailure` when it cannot be solved, and what the observer throws.
    public func run(observer: any RunObserver, resuming saved: SavedState?) throws -> RunReport {
        guard let parameters else { throw RunFailure("void-closure: the case has problems; see `mesolith check`") }
        var run = VoidClosureRun(parameters, observer: observer)
        return try run.run(resuming: saved)
    }
}

/// The laws of a case's metal at its temperature, checked against what is stated of them.
private struct VoidMaterial {
    let keys: KeyReader
    let material: CaseMaterial
    /// Temperature, K.
    let temperature: Double

    private var hasProblems: Bool { !keys.context.problems.isEmpty }
    private static let lithium: ClosedRange<Double> = 1...1

    /// The flow law; nil after a mistake, which is noted.
    func flow() -> SteadyFlow? {
        guard let stated = material.material.flow else {
            if !hasProblems {
                keys.problem("material", "`\(material.name)` has no `flow`, which void-closure needs")
            }
            return nil
        }
        keys.checkRange(
            of: .flow, stated, in: material, temperature: temperature, moleFraction: Self.lithium)
        if stated.law.strengthening != nil {
            keys.problem(
                "material",
                "the flow of `\(material.name)` depends on its host, and void-closure is of a pure metal; take `li`")
            return nil
        }
        guard let flow = SteadyFlow(stated.law.lithium.at(temperature: temperature)) else {
            keys.problem(
                "material",
                "`\(material.name)` hardens by Anand's law, near the void more than far from it, and void-closure takes one "
                    + "resistance everywhere; set `material.flow.use: garofalo`, the same law for undeformed metal, or "
                    + "`power_law`")
            return nil
        }
        return flow
    }

    /// The stresses at which the law holds in a run, nil for all, and a note where the void is outside them at the start.
    func stressRange(of parameters: VoidClosureParameters) -> ClosedRange<Double>? {
        guard let stated = material.material.flow else { return nil }
        keys.checkStress(stated, in: material, largest: parameters.stressAtStart, at: "pressure")
        return material.allowed.contains("flow.stress") ? nil : stated.validity.stress
    }

    /// The molar volume of lithium, m3/mol; a pure metal has no host, and so no law of mixing.
    func molarVolume() -> Double {
        if let volume = material.material.volume {
            keys.checkRange(
                of: .volume, volume, in: material, temperature: temperature, moleFraction: Self.lithium)
            return volume.law.lithiumVolume
        }
        let stated = keys.context.parameters.last { $0.path == "material.volume.lithium" }
        if stated == nil && !hasProblems {
            keys.problem(
                "material", "`\(material.name)` has no `volume.lithium`, which `current_density` needs")
        }
        return stated?.siValue ?? .nan
    }
}
