import Cases
import Models

/// A shipped case, changed so that it shows a model or a part of one, whose time steps are looked at one by one.
public struct ModelSteps: Sendable {
    /// What the case shows.
    public let title: String
    private let file: String
    private let overrides: [String]

    private init(_ title: String, _ file: String, on mesh: [String] = [], _ overrides: String...) {
        (self.title, self.file, self.overrides) = (title, file, mesh + overrides)
    }

    /// Threads that share the work.
    public var threads: Int { overrides.contains(Self.onTwoThreads) ? 2 : 1 }
    private static let onTwoThreads = "numerics.threads=2"

    /// Runs the case, without an estimate of its error.
    ///
    /// - Parameter folder: where the shipped cases are.
    /// - Throws: `CaseErrors`, and what the run throws.
    public func run(casesIn folder: String, observer: any RunObserver) throws {
        _ = try Case(path: "\(folder)/\(file).yaml", overrides: overrides + ["output.frames=final"]).model
            .run(observer: observer)
    }

    /// Every model, and within each what makes other code run.
    public static let all: [ModelSteps] = transport + chemoMechanics + fluxBalance + voidClosure

    private static let transport = [
        ModelSteps("transport, one diffusivity", "wang2024-fig4a"),
        ModelSteps("transport, Li-Mg, slab", "li-mg-transport", "layer.frame=slab", "numerics.relative_tolerance=1e-7"),
        ModelSteps("transport, Li-Mg, host frame", "li-mg-transport", "numerics.relative_tolerance=1e-7"),
        ModelSteps(
            "transport, strip, one diffusivity", "li-mg-strip-transport", "mesh.cells=24", "mesh.columns=16"),
        ModelSteps(
            "transport, strip, Li-Mg", "li-mg-strip-transport", "material=li-mg", "mesh.cells=24", "mesh.columns=16"),
        ModelSteps(
            "transport, disk, Li-Mg, two threads", "li-mg-strip-transport", "material=li-mg", "mesh.cells=24",
            "mesh.columns=16", "layer={thickness: 5 um, shape: disk, width: 20 um}", "electrolyte.current_profile=1",
            onTwoThreads),
    ]

    private static let coarseMesh = ["mesh.columns=12", "mesh.rows=12"]

    private static let chemoMechanics = [
        ModelSteps("plate, one-way, friction", "wang2024-fig4-plate-one-way", on: coarseMesh),
        ModelSteps("plate, two-way, friction", "wang2024-fig4-plate-two-way", on: coarseMesh),
        ModelSteps(
            "plate, two-way, two threads", "wang2024-fig4-plate-two-way", on: coarseMesh,
            onTwoThreads),
        ModelSteps("plate, rest and strip", "plate-rest-strip", on: coarseMesh),
        ModelSteps(
            "film, two-way", "wang2024-fig4-plate-two-way", "geometry={shape: film, thickness: 140 nm}",
            "electrolyte={}", "collector={}"),
        ModelSteps("island in plane strain", "island-5um", on: coarseMesh),
        ModelSteps(
            "island in plane stress", "island-5um", on: coarseMesh, "geometry.across=plane_stress"),
    ]

    private static let fluxBalance = [
        ModelSteps("half cell, ramp", "ham2024-ccd"),
        ModelSteps("symmetric cell, hold and ramp", "ham2024-symmetric"),
        ModelSteps("full cell, cycle", "ham2024-cycle"),
        ModelSteps(
            "full cell, to a voltage", "ham2024-cycle", "protocol.0.until={charge: 3.99 mAh/cm^2, voltage: 4.2 V}"),
        ModelSteps("hold in a fixed gap", "ham2024-hold"),
        ModelSteps("vacancies of lithium", "sand-time"),
        ModelSteps("Li-Mg layer, ramp", "li-mg-ramp"),
    ]

    private static let voidClosure = [
        ModelSteps("void alone", "void-closure-3mpa"),
        ModelSteps("void in a shell", "void-closure-3mpa", "geometry.outer_radius=5 um"),
    ]
}
