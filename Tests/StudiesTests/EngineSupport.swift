import Cases
import Foundation
import Studies

/// A study of eight points in a directory of its own, and a program that stands in for `mesolith`.
final class EngineScratch {
    let url: URL
    let study: Study
    let directory: StudyDirectory

    init(_ settings: String = "") throws {
        url = FileManager.default.temporaryDirectory.appending(path: "engine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try Self.caseText.write(to: url.appending(path: "case.yaml"), atomically: true, encoding: .utf8)
        let text = Self.studyText + settings
        try text.write(to: url.appending(path: "study.yaml"), atomically: true, encoding: .utf8)
        study = try Study(path: url.appending(path: "study.yaml").path)
        directory = try StudyDirectory(named: url.appending(path: "out").path, for: study)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// A program made of shell commands; `$5` is the value of the axis.
    func program(_ commands: String) throws -> String {
        let path = url.appending(path: "program").path
        // Written by a process of its own: a file that this one has open, any process that it starts just then has, too, and
        // such a file cannot be run.
        let writer = Process()
        writer.executableURL = URL(filePath: "/bin/sh")
        writer.arguments = [
            "-c", #"printf '#!/bin/sh\n%s\n' "$1" > "$2"; chmod +x "$2""#, "sh", commands, path,
        ]
        try writer.run()
        writer.waitUntilExit()
        return path
    }

    /// The general engine with such a program.
    func engine(_ commands: String, jobs: Int = 2, time: StudyTime = StudyTime()) throws -> GeneralEngine {
        GeneralEngine(of: study, program: try program(commands), directory: directory, jobs: jobs, time: time)
    }

    private static let caseText = """
        model: transport
        layer:
          thickness: 5 um
        diffusivity: 6e-11 cm^2/s
        initial: 30 mmol/cm^3
        protocol:
          - step: plate
            current_density: 1 mA/cm^2
            until:
              time: 1 min
        """

    private static let studyText = """
        case: case.yaml
        engine: general
        keep: [duration, utilisation]
        axes:
          - key: layer.thickness
            linear: {from: 1 um, to: 8 um, points: 8}

        """
}
