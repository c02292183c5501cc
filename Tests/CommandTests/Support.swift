import Foundation
import Testing

/// What a command did.
struct Outcome: Sendable {
    let code: Int32
    let output: String
    let errors: String
}

/// The mesolith that is tested: `MESOLITH` of the environment, or the one built beside these tests.
enum Mesolith {
    static let path: String = {
        if let path = ProcessInfo.processInfo.environment["MESOLITH"] { return path }
        // Tests run from the directory of the build's products or from the package's root.
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let beside = Bundle.main.bundleURL.appending(path: "mesolith").path
        let candidates = [beside, root.appending(path: ".build/release/mesolith").path]
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? beside
    }()
}

/// A directory of its own for one test, removed with the value, in which commands run.
final class Scratch {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "mesolith-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// Names of what lies in a directory.
    func contents(_ name: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
    }

    func read(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    }

    /// Starts mesolith, or another program with its path, in this directory.
    func start(_ arguments: [String], program: String = Mesolith.path) throws -> Running {
        try Running(program, arguments, in: url)
    }

    /// Runs mesolith to its end in this directory.
    @discardableResult
    func run(_ arguments: String...) throws -> Outcome { try start(arguments).outcome() }
}

/// A command under way. What it prints goes to files, so that no pipe can fill.
final class Running {
    private let process = Process()
    private let output: URL
    private let errors: URL

    /// Starts a program; its standard error goes to `errors` where one is given.
    init(_ program: String, _ arguments: [String], in directory: URL, errors terminal: FileHandle? = nil) throws {
        let prefix = FileManager.default.temporaryDirectory.appending(path: "mesolith-\(UUID().uuidString)").path
        output = URL(filePath: prefix + ".out")
        errors = URL(filePath: prefix + ".err")
        for file in [output, errors] { try Data().write(to: file) }
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "COLUMNS" }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try terminal ?? FileHandle(forWritingTo: errors)
        try process.run()
    }

    deinit {
        for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for the end.
    func outcome() throws -> Outcome {
        process.waitUntilExit()
        return Outcome(
            code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }
}

/// Cases to run.
enum Cases {
    /// Solved in a few milliseconds.
    static let quick = """
        model: transport
        title: A quick case
        layer:
          thickness: 5 um
        diffusivity: 6e-11 cm^2/s
        initial: 30 mmol/cm^3
        limits:
          saturation: 69.6 mmol/cm^3
        protocol:
          - step: plate
            current_density: 1 mA/cm^2
            until:
              time: 1 min
        mesh:
          cells: 8

        """

    /// What a run leaves when it is finished.
    static let filesOfFinishedRun = [
        "case.yaml", "digests.sha256", "log.txt", "resolved.yaml", "results.h5", "summary.json",
    ]

    /// Runs for hours.
    static let slow =
        quick.replacing("time: 1 min", with: "time: 400 s").replacing("cells: 8", with: "cells: 2000")
        + "numerics:\n  max_step: 10 us\n  max_steps: 1000000000\noutput:\n  frames: final\n"
}

/// Waits until a condition holds, half a minute at most.
func wait(for condition: () throws -> Bool) throws {
    let end = ContinuousClock.now + .seconds(30)
    while try !condition() {
        try #require(ContinuousClock.now < end)
        usleep(5_000)
    }
}

/// The JSON object that makes up the whole of a text.
func object(_ text: String) throws -> [String: Any] {
    #expect(text.hasSuffix("}\n"))
    #expect(text.count { $0 == "\n" } == 1)
    return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}
