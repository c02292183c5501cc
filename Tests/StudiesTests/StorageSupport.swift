import FieldIO
import Foundation
import Quantities
import Studies
import Testing

/// A directory of its own for one test, removed with the value.
struct ScratchDirectory: ~Copyable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "studies-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String = "study") -> String { url.appending(path: name).path }
}

/// A small study whose every number says where it belongs.
struct SampleStudy: Sendable {
    var design = "grid"
    var axes: [StudyTableAxis] = [thickness(5), law]
    var withErrors = true
    var inputs = [StudyInput(name: "study.yaml", text: "axes: µ\n"), StudyInput(name: "case.yaml", text: "model: x\n")]

    static let kept = [
        QuantityDescription("utilisation", units: "1", "lithium that took part"),
        QuantityDescription("time_to_saturation", units: "s", "time until the surface is full"),
    ]
    static let law = StudyTableAxis(
        QuantityDescription("law", units: "1", "law of the diffusivity"), key: "material.diffusivity.law",
        values: .words(["constant", "Arrhenius, \"hot\""]))

    static func thickness(_ count: Int) -> StudyTableAxis {
        StudyTableAxis(
            QuantityDescription("thickness", units: "m", "thickness of the layer"), key: "layer.thickness",
            values: .numbers((0..<count).map { 1e-6 * Double($0 + 1) }))
    }

    static func current(_ count: Int) -> StudyTableAxis {
        StudyTableAxis(
            QuantityDescription("current", units: "A m-2", "current density"), key: "protocol.0.current_density",
            values: .numbers((0..<count).map { 0.1 + Double($0) }))
    }

    /// A study over so many points of one axis.
    static func line(_ count: Int, withErrors: Bool = true) -> SampleStudy {
        SampleStudy(axes: [thickness(count)], withErrors: withErrors)
    }

    var outline: StudyOutline {
        StudyOutline(
            title: "A sample", model: "transport", design: design, isGrid: design == "grid", axes: axes,
            columns: StudyColumns(kept: Self.kept, withErrors: withErrors), inputs: inputs)
    }

    /// The session of a test.
    static var session: StudySession {
        StudySession(engine: "general", commandLine: ["mesolith", "sweep", "my study.yaml"])
    }

    /// The row of a point; every seventh failed.
    static func row(_ point: Int) -> StudyRow {
        if point % 7 == 6 {
            return .failed(
                point: point, columns: StudyColumns(kept: kept, withErrors: true), cpuTime: 0.5,
                reason: "point \(point): \"no\", it does not converge")
        }
        let value = Double(point)
        return StudyRow(
            point: point, status: .finished, values: [value, 0.25 + value], errors: [1e-3 * value, .nan],
            steps: 10 * point, cpuTime: 1, end: "saturation")
    }

    func directory(_ path: String) throws -> StudyDirectory { try StudyDirectory(named: path, for: outline) }

    /// A directory in which some points have rows.
    func directory(_ path: String, points: some Sequence<Int>) throws -> StudyDirectory {
        let directory = try directory(path)
        let share = try directory.share(0, of: 1, session: Self.session)
        for point in points { try share.append([Self.row(point)]) }
        try share.close()
        return directory
    }
}

extension StudyDirectory {
    /// Path of the journal of a share.
    func journal(_ task: Int = 0, of shares: Int = 1) -> String { "\(path)/rows-\(task)-of-\(shares).journal" }

    /// The points of the only share that have rows.
    func donePoints() throws -> [Int] {
        let done = try share(0, of: 1, session: SampleStudy.session).done
        return (0..<outline.count).filter { done.contains($0) }
    }
}

/// The problem that `body` must throw.
func problem(_ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    try #require(throws: StudyProblem.self, sourceLocation: sourceLocation) { try body() }.description
}
