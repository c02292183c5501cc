import Foundation

/// A table of comma-separated values (RFC 4180) below a line with the names of its columns.
struct CSVTable: Sendable {
    /// Largest file, bytes.
    static let largestSize = 256 << 20

    /// Path for messages.
    let path: String
    /// The file's text, verbatim.
    let text: String
    /// The names of the columns.
    let names: [String]
    /// Number of rows below the names.
    let rows: Int
    private let bytes: [UInt8]

    /// Reads a file.
    ///
    /// - Throws: ``CaseErrors`` at `location` when there is no such file; else at the place in the table that is wrong.
    init(reading path: String, askedAt location: SourceLocation) throws(CaseErrors) {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
            throw CaseErrors(
                location, "there is no table `\(path)`; give the path of a .csv file as seen from the study file")
        }
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: Self.largestSize + 1) ?? Data()
        else { throw CaseErrors(location, "the table `\(path)` cannot be read; check its permissions") }
        try self.init(path: path, bytes: Array(data))
    }

    private init(path: String, bytes: [UInt8]) throws(CaseErrors) {
        let start = SourceLocation.file(path: path, line: 1, column: 1)
        if bytes.count > Self.largestSize {
            throw CaseErrors(start, "the file is larger than \(Self.largestSize >> 20) MiB, too large for a table")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CaseErrors(start, "this is not a text file in UTF-8; a table is comma-separated text")
        }
        self.path = path
        self.text = text
        self.bytes = bytes
        var scanner = CSVScanner(bytes, path: path)
        guard let head = try scanner.row() else {
            throw CaseErrors(start, "the table is empty; its first line names the columns")
        }
        names = head.cells.map(\.text)
        for (index, cell) in head.cells.enumerated() where names[..<index].contains(cell.text) {
            throw CaseErrors(
                cell.location(in: path), "the column \(quoted(cell.text)) stands twice in the table; rename one")
        }
        var rows = 0
        while let row = try scanner.row(only: -1) {
            rows += 1
            if row.count == names.count { continue }
            throw CaseErrors(
                .file(path: path, line: Int(row.line), column: 1),
                "found \(row.count) \(row.count == 1 ? "value" : "values") in this row where the first line names "
                    + "\(names.count)")
        }
        guard rows > 0 else { throw CaseErrors(start, "the table has no rows below the names of its columns") }
        self.rows = rows
    }

    /// The values of a column, from its number.
    func column(_ index: Int) -> [CSVCell] {
        var scanner = CSVScanner(bytes, path: path)
        var cells: [CSVCell] = []
        cells.reserveCapacity(rows)
        _ = try? scanner.row()
        // The whole table was scanned before, so nothing is wrong with it.
        while let row = try? scanner.row(only: index) { cells += row.cells }
        return cells
    }
}

/// A value of a table and where it stands.
struct CSVCell: Sendable {
    let text: String
    let line: Int32
    let column: Int32

    func location(in path: String) -> SourceLocation { .file(path: path, line: Int(line), column: Int(column)) }
}
