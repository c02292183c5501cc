import Foundation

/// A study through the general engine, a process a point: the stress of the film of Wang et al., Fig. 4, on 8 x 8 cells, over the
/// current density from 0.1 to 3 mA/cm2.
public struct GeneralStudy: Sendable {
    /// Points.
    public let points: Int
    private let text: String
    private let program: String

    /// What a study took, and its results.
    public struct Outcome: Sendable {
        /// CPU time of the study and of all of its processes, s.
        public let seconds: Double
        /// The same without what the points say that they took themselves, s.
        public let overhead: Double
        /// Time on the wall, s.
        public let wall: Double
        /// Time steps of all points.
        public let steps: Double
        /// The largest equivalent stress in the film at the end, Pa, a point each.
        public let stresses: [Double]
    }

    /// Why a study cannot be run.
    public struct Problem: Error, CustomStringConvertible {
        /// In a sentence.
        public let description: String
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../..").standardizedFileURL.path
    private static let stress = "max_von_mises (Pa)"

    /// The program: MESOLITH of the environment, else what scripts/build made of this tree.
    ///
    /// - Throws: ``Problem`` when there is none.
    static func program() throws -> String {
        let path = ProcessInfo.processInfo.environment["MESOLITH"] ?? root + "/.build/release/mesolith"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Problem(
                description: "there is no program \(path): build it by scripts/build, or set MESOLITH to its path")
        }
        return path
    }

    /// A study of so many points.
    ///
    /// - Throws: ``Problem`` when there is no program to run it.
    public init(points: Int, relativeTolerance: Double) throws {
        program = try Self.program()
        self.points = points
        text = """
            title: Stress over current density
            case: \(Self.root)/cases/wang2024-fig4-plate-two-way.yaml
            engine: general
            set:
              mesh.columns: 8
              mesh.rows: 8
              numerics.error_estimate: off
              numerics.relative_tolerance: \(relativeTolerance)
              output.frames: final
              protocol.0.until: {charge: 10 mC/cm^2, event: surface_saturates}
            axes:
              - key: protocol.0.current_density
                logarithmic: {from: 0.1 mA/cm^2, to: 3 mA/cm^2, points: \(points)}
            keep: [max_von_mises]
            """
    }

    /// Runs it in a directory of its own, which is removed.
    ///
    /// - Throws: ``Problem`` when the program or a point fails.
    public func run(jobs: Int) throws -> Outcome {
        let place = FileManager.default.temporaryDirectory.appending(path: "mesolith-study-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let (file, directory) = (place.appending(path: "study.yaml"), place.appending(path: "study"))
        try text.write(to: file, atomically: true, encoding: .utf8)

        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["sweep", file.path, "--output", directory.path, "--jobs", "\(jobs)", "--csv", "--json"]
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard let answer = try? JSONDecoder().decode(Answer.self, from: said) else {
            throw Problem(
                description: "\(program) sweep ended with \(process.terminationStatus) and no summary in JSON; "
                    + "its messages stand above")
        }
        guard answer.failed == 0, answer.done == points else {
            throw Problem(description: "\(answer.done) of \(points) points were solved, and \(answer.failed) failed")
        }
        let rows = try Self.rows(of: directory.appending(path: "study.csv"))
        return Outcome(
            seconds: answer.cpu_total.value, overhead: answer.cpu_total.value - answer.cpu_solves.value,
            wall: answer.wall_time.value, steps: rows.reduce(0) { $0 + $1.steps }, stresses: rows.map(\.stress))
    }

    /// What `mesolith sweep --json` says.
    private struct Answer: Decodable {
        struct Value: Decodable { let value: Double }
        let done: Int
        let failed: Int
        // swift-format-ignore: AlwaysUseLowerCamelCase
        let cpu_solves, cpu_total, wall_time: Value
    }

    private static func rows(of table: URL) throws -> [(stress: Double, steps: Double)] {
        // No word of this table has a comma.
        let lines = try String(contentsOf: table, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        guard let head = lines.first, let stress = head.firstIndex(where: { $0 == Self.stress }),
            let steps = head.firstIndex(of: "steps")
        else { throw Problem(description: "\(table.path) has no columns \(Self.stress) and steps") }
        return lines.dropFirst().map { (Double($0[stress]) ?? .nan, Double($0[steps]) ?? .nan) }
    }
}
