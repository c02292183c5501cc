import Checkpoints
import Materials
import Models
import TestSupport
import Testing
import TimeIntegration

/// Runs of all kinds of protocol, short, that a test can interrupt, resume and disturb.
struct SurvivalCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Runs it, with its steps repeated or not, on so many threads.
    let run: @Sendable (_ observer: any RunObserver, _ saved: SavedState?, _ settings: Disturbance) throws -> RunReport

    /// What must not change anything.
    struct Disturbance {
        var repeatsSteps = false
        var threads = 1
    }

    static let all = lines + planes + stressed

    // MARK: - Lines

    static let lines: [SurvivalCase] = [
        line("line, constant D", frames: .everySteps(3)) { _ in },
        line("line, Li-Mg", frames: .interval(100)) {
            $0.diffusivity = .alloy(try lithiumMagnesium(temperature: 333.15))
        },
        line("line, Li-Mg, host frame", frames: .times([0.5, 40, 900, 1000, 1400])) {
            $0.diffusivity = .alloy(try lithiumMagnesium(temperature: 333.15))
            $0.frame = .host
            $0.integrator.initialStep = 300
        },
    ]

    private static func line(
        _ name: String, frames: FrameSchedule, _ change: @escaping @Sendable (inout TransportParameters) throws -> Void
    ) -> SurvivalCase {
        SurvivalCase(testDescription: name) { observer, saved, disturbance in
            var layer = TransportParameters.slab(cells: 24, tolerance: 1e-6)
            layer.initial = .uniform(30000)
            layer.protocolSteps = [
                ProtocolStep(.plate, currentDensity: 5, ends: [.time(900)]),
                ProtocolStep(.rest, ends: [.time(300)]),
                ProtocolStep(.strip, currentDensity: 4, ends: [.charge(3000), .surfaceDepletes]),
                ProtocolStep(.plate, currentDensity: 8, ends: [.surfaceSaturates, .utilisation(0.3)]),
            ]
            layer.frames = frames
            try change(&layer)
            layer.integrator.repeatsSteps = disturbance.repeatsSteps
            var run = TransportRun(layer, observer: observer)
            return try run.run(resuming: saved)
        }
    }

    // MARK: - Planes

    static let planes: [SurvivalCase] = [
        layer("plane, constant D", .everySteps(4)) { layer in
            layer.mechanics = nil
            layer.coupling = .oneWay
        },
        layer("plane, tabled D", .interval(1)) { layer in
            layer.mechanics = nil
            layer.coupling = .oneWay
            layer.lithium.diffusivity = falling
            layer.integrator.initialStep = 4
        },
    ]

    private static let falling = Diffusivity.table(MonotoneCubic(x: [0, 20000, 69600], y: [3e-15, 1e-15, 4e-16]))

    private static let sites = 69600.0
    private static let volume = 1.3e-5
    private static let composition = AlloyComposition(
        relation: .perHostVolume, lithiumVolume: volume, hostVolume: 1 / sites)

    /// A stiffness that falls as lithium comes.
    private static var mixture: AlloySolid {
        let lithium = ElasticConstants<Double>(youngsModulus: 8e9, poissonsRatio: 0.36)
        let host = ElasticConstants<Double>(youngsModulus: 45e9, poissonsRatio: 0.29)
        let swelling = HostSwelling(lithiumVolume: volume, hostVolume: 1 / sites)
        return AlloySolid(
            elasticity: .mixture(ElasticMixture(lithium: lithium, host: host, rule: .hill, weight: .moleFraction)),
            swelling: .stretch(swelling, stressFreeStretch: swelling.stretch(lithiumPerHost: 0.1)),
            composition: composition, concentration: 2)
    }

    private static let slipping = SurfaceContact.friction(cap: 100e6, slip: 0.1e-9)

    // MARK: - With stress

    /// The kinds of mechanics.
    static let stressed: [SurvivalCase] = [
        layer("one-way, tabled D", .everySteps(4)) { layer in
            layer.coupling = .oneWay
            layer.lithium.diffusivity = falling
        },
        layer("one-way, slipping", .finalOnly) { layer in
            layer.coupling = .oneWay
            layer.mechanics?.collector = slipping
        },
        layer("two-way", .times([0.125, 1, 7.75, 8, 9.5, 12])) { _ in },
        layer("two-way, tabled D, to saturation", .everySteps(5)) { layer in
            layer.lithium.diffusivity = falling
            layer.body.shape = .strip
            layer.integrator.initialStep = 4
        },
        layer("two-way, slipping", .interval(2)) { layer in
            layer.mechanics?.collector = slipping
            layer.mechanics?.stackPressure = 20e6
            layer.integrator.initialStep = 4
        },
        layer("two-way, mixture", .everySteps(3)) { layer in layer.mechanics?.solid = mixture },
        layer("two-way, mixture, slipping", .everySteps(2)) { layer in
            layer.mechanics?.solid = mixture
            layer.mechanics?.collector = slipping
            layer.mechanics?.electrolyte = .sliding
        },
    ]

    /// 140 nm of a lattice, a tenth full, plated, at rest, stripped, and plated until its surface has twice the lithium or more.
    private static func layer(
        _ name: String, _ frames: FrameSchedule, _ change: @escaping @Sendable (inout LayerParameters) -> Void
    ) -> SurvivalCase {
        SurvivalCase(testDescription: name) { observer, saved, disturbance in
            let solid = AlloySolid(
                elasticity: .isotropic(ElasticConstants(youngsModulus: 30e9, poissonsRatio: 0.3)),
                swelling: .linear(volume: volume, stressFree: 0.1 * sites), composition: composition, concentration: 2)
            var layer = LayerParameters(
                body: LayerBody(
                    shape: .disk, thickness: 140e-9, width: 100e-9, side: .free, columns: 4, rows: 6),
                lithium: LithiumParameters(
                    solution: .latticeGas(maximum: sites), diffusivity: .constant(1e-15), composition: composition,
                    temperature: 298.15),
                mechanics: MechanicsParameters(solid: solid, electrolyte: .sliding, collector: .bonded),
                coupling: .twoWay, initial: 0.1 * sites, saturation: 0.25 * sites, depletion: 0,
                protocolSteps: [
                    ProtocolStep(.plate, currentDensity: 10, ends: [.time(8)]),
                    ProtocolStep(.rest, ends: [.time(2)]),
                    ProtocolStep(.strip, currentDensity: 10, ends: [.charge(30)]),
                    ProtocolStep(.plate, currentDensity: 20, ends: [.surfaceSaturates]),
                ], integrator: IntegratorSettings(relativeTolerance: 1e-4), frames: frames)
            change(&layer)
            layer.integrator.repeatsSteps = disturbance.repeatsSteps
            layer.threads = disturbance.threads
            return try LayerRun(layer, observer: observer).run(resuming: saved)
        }
    }
}

/// All bits that a run delivers.
struct Tape: Equatable {
    var rows: [[UInt64]] = []
    var frames: [[UInt64]] = []
    var results: [String: UInt64] = [:]
    var steps: [ProtocolStepReport] = []

    init(_ recorder: Recorder, _ report: RunReport) {
        rows = recorder.rows.map { row in [row.time.bitPattern] + row.values.map(\.bitPattern) }
        frames = recorder.frames.map { frame in
            [frame.time.bitPattern] + frame.points.flatMap { [$0.x.bitPattern, $0.y.bitPattern] }
                + frame.fields.map(\.bitPattern)
        }
        for result in report.results { results[result.quantity.name] = result.value.bitPattern }
        steps = report.steps
    }

    /// What is left when the first rows and frames are recorded elsewhere.
    func after(rows: Int, frames: Int) -> Tape {
        var rest = self
        rest.rows.removeFirst(rows)
        rest.frames.removeFirst(frames)
        return rest
    }
}

/// Keeps the states that a run saves, and how much it had recorded by then.
final class SavingRecorder: RunObserver {
    let recorder = Recorder()
    var states: [(state: SavedState, rows: Int, frames: Int)] = []
    /// Time steps between two states; one is saved where the run is stopped, too.
    var interval = Int.max
    var lastStep = Int.max
    private var count = 0

    func begin(_ outline: RunOutline) { recorder.begin(outline) }
    func record(time: Double, row: [Double]) { recorder.record(time: time, row: row) }
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {
        recorder.record(time: time, points: points, fields: fields)
    }
    func progress(_ progress: RunProgress) -> RunDirective {
        count += 1
        if count >= lastStep { return .stop }
        return count % interval == 0 ? .save : .goOn
    }
    func save(_ state: SavedState) { states.append((state, recorder.rows.count, recorder.frames.count)) }
    /// Calls of ``progress(_:)``.
    var calls: Int { count }
}
