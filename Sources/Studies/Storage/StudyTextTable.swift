import FieldIO
import SystemFiles
internal import Glibc

/// The table of a study as text, study.csv: a line for each point, quoted after RFC 4180, columns named with their
/// units. Like the other table it is written beside its place; what goes out of scope without `publish` leaves no trace.
final class StudyTextTable {
    private let outline: StudyOutline
    private let path: String
    private let draft: String
    private let file: SystemFile
    private var written = 0
    private var isPublished = false
    private var line: [UInt8] = []
    /// Of a grid, how many points lie between neighbours on each axis.
    private let strides: [Int]

    private static let buffer = 1 << 20

    init(creating path: String, outline: StudyOutline) throws(SystemFileError) {
        self.path = path
        self.outline = outline
        draft = path + ".partial"
        file = try SystemFile(draft, .replacing)
        var strides: [Int] = []
        var behind = outline.count
        for axis in outline.axes {
            behind /= max(axis.values.count, 1)
            strides.append(behind)
        }
        self.strides = strides
        var names = ["point"]
        for axis in outline.axes { names.append("\(axis.description.name) (\(axis.description.units))") }
        for output in outline.columns.outputs { names.append("\(output.name) (\(output.units))") }
        names += ["status", "steps", "cpu_time (s)", "end", "reason"]
        for (index, name) in names.enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            append(name)
        }
        line.append(UInt8(ascii: "\n"))
    }

    /// Writes the lines of rows that begin with a point.
    func write(_ rows: StudyTableRows, from first: Int) throws(SystemFileError) {
        for place in 0..<rows.count {
            let point = first + place
            line.append(contentsOf: String(point).utf8)
            for axis in outline.axes.indices { appendCoordinate(of: point, on: axis) }
            for column in rows.outputs { append(number: column[place]) }
            separate("\(rows.status[place])")
            separate(String(rows.steps[place]))
            append(number: rows.cpuTime[place])
            separate(rows.end[place])
            separate(rows.reason[place])
            line.append(UInt8(ascii: "\n"))
            if line.count >= Self.buffer { try flush() }
        }
    }

    /// Brings the file to the disk.
    func finish() throws(SystemFileError) {
        try flush()
        try file.synchronize()
    }

    /// Gives the finished file its name.
    func publish(in directory: String) throws(SystemFileError) {
        try SystemFile.rename(draft, to: path, in: directory)
        isPublished = true
    }

    deinit { if !isPublished { unlink(draft) } }

    private func flush() throws(SystemFileError) {
        try file.write(line, at: written)
        written += line.count
        line.removeAll(keepingCapacity: true)
    }

    private func appendCoordinate(of point: Int, on axis: Int) {
        let values = outline.axes[axis].values
        let index = outline.isGrid ? point / strides[axis] % values.count : point
        switch values {
        case .numbers(let numbers): append(number: numbers[index])
        case .words(let words): separate(words[index])
        }
    }

    /// A number as the shortest decimal that reads back as it; nothing for NaN.
    private func append(number: Double) {
        line.append(UInt8(ascii: ","))
        if !number.isNaN { line.append(contentsOf: number.description.utf8) }
    }

    private func separate(_ text: String) {
        line.append(UInt8(ascii: ","))
        append(text)
    }

    private func append(_ text: String) {
        let special = text.utf8.contains { $0 == 0x2c || $0 == 0x22 || $0 == 0x0a || $0 == 0x0d }
        guard special else {
            line.append(contentsOf: text.utf8)
            return
        }
        line.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == 0x22 { line.append(byte) }
            line.append(byte)
        }
        line.append(UInt8(ascii: "\""))
    }
}
