import FieldIO

/// The table of a study as text, study.csv: a line for each point, quoted after RFC 4180, columns named with their
/// units.
final class StudyTextTable {
    private let outline: StudyOutline
    private let path: String
    private let file: SystemFile
    private var written = 0
    private var line: [UInt8] = []
    /// Of a grid, how many points lie between neighbours on each axis.
    private let strides: [Int]

    private static let buffer = 1 << 20

    init(creating path: String, outline: StudyOutline) throws(StudyProblem) {
        self.path = path
        self.outline = outline
        file = try SystemFile(path + ".partial", .replacing)
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
    func write(_ rows: StudyTableRows, from first: Int) throws(StudyProblem) {
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

    /// Brings the file to the disk and to its name.
    func finish(in directory: String) throws(StudyProblem) {
        try flush()
        try file.synchronize()
        try SystemFile.rename(path + ".partial", to: path, in: directory)
    }

    private func flush() throws(StudyProblem) {
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
