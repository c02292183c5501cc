import Foundation
import Testing

/// Studies of ``Cases``, on the general engine.
enum Studies {
    /// Twelve points of a few milliseconds each, every other of which fails for its largest number of steps.
    static let half = """
        title: Half of it fails
        case: case.yaml
        engine: general
        axes:
          - key: layer.thickness
            linear: {from: 4 um, to: 6 um, points: 3}
          - key: numerics.max_steps
            values: [3, 1000]
          - key: protocol.0.current_density
            values: [0.5 mA/cm^2, 1 mA/cm^2]

        """

    /// Points of a few tenths of a second each.
    static func slow(points: Int) -> String {
        """
        case: case.yaml
        engine: general
        set:
          mesh.cells: 500
          numerics.max_step: 5 ms
          numerics.max_steps: 1000000
          numerics.error_estimate: off
          output.frames: final
        axes:
          - key: layer.thickness
            linear: {from: 4 um, to: 6 um, points: \(points)}

        """
    }

    /// A point that runs for hours, and one that does not.
    static let endless = """
        case: case.yaml
        engine: general
        set:
          protocol.0.until.time: 400 s
          mesh.cells: 200
          numerics.max_steps: 1000000000
          numerics.error_estimate: off
          output.frames: final
        axes:
          - key: numerics.max_step
            values: [1 us, 1 s]

        """
}

/// A table as text: one dictionary a point, by the names of the columns without their units.
struct PointTable: Equatable {
    var rows: [[String: String]] = []

    init(_ text: String) throws {
        let lines = text.split(whereSeparator: \.isNewline).map { Self.fields(of: String($0)) }
        let names = try #require(lines.first).map { String($0.prefix { $0 != " " }) }
        for line in lines.dropFirst() {
            try #require(line.count == names.count)
            rows.append(Dictionary(uniqueKeysWithValues: zip(names, line)))
        }
    }

    private static func fields(of line: String) -> [String] {
        var (fields, isQuoted) = ([""], false)
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == "," && !isQuoted {
                fields.append("")
            } else {
                fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    /// All but what the clock says.
    var timeless: PointTable {
        var table = self
        for index in rows.indices { table.rows[index]["cpu_time"] = nil }
        return table
    }
}

extension Scratch {
    /// A new directory with a case and a study of it.
    convenience init(case text: String = Cases.quick, study: String) throws {
        try self.init()
        try write(text, to: "case.yaml")
        try write(study, to: "study.yaml")
    }

    func table(_ directory: String = "studies/study") throws -> PointTable {
        try PointTable(read("\(directory)/study.csv"))
    }

    /// Numbers of the processes that run points of a study in this directory.
    func runs() -> [pid_t] {
        let mark = url.lastPathComponent
        return ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { entry in
            guard let process = pid_t(entry),
                let link = try? FileManager.default.destinationOfSymbolicLink(
                    atPath: "/proc/\(entry)/cwd"), link.hasSuffix(mark),
                let line = FileManager.default.contents(atPath: "/proc/\(entry)/cmdline"),
                String(decoding: line, as: UTF8.self).hasPrefix("mesolith\0run\0")
            else { return nil }
            return process
        }
    }
}
