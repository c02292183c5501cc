import SystemFiles

/// A table of comma-separated values (RFC 4180) below a line with the names of its columns.
public struct CSVTable: Sendable {
    /// Largest file, bytes.
    static let largestSize = 256 << 20
    /// Most columns; their names are held in memory.
    static let mostColumns = 10_000
    /// Most rows; the values of a column that an axis takes are held in memory, some 100 bytes each.
    static let mostRows = 10_000_000

    /// Path for messages.
    public let path: String
    /// The file's text, verbatim.
    let text: String
    /// The names of the columns.
    public let names: [String]
    /// Number of rows below the names.
    public let rows: Int
    private let bytes: [UInt8]

    /// Reads a file.
    ///
    /// - Throws: ``CaseErrors`` at `location` when there is no such file; else at the place in the table that is wrong.
    init(reading path: String, askedAt location: SourceLocation) throws(CaseErrors) {
        let bytes: [UInt8]
        do throws(InputFile.Problem) {
            bytes = try InputFile.bytes(of: path, atMost: Self.largestSize)
        } catch .tooLarge {
            throw CaseErrors(.file(path: path, line: 1, column: 1), Self.tooLarge)
        } catch .unreadable(let reason) {
            throw CaseErrors(
                location, "the table `\(path)` cannot be read (\(reason)); check its name and its permissions")
        } catch {
            let what = error == .missing ? "" : ": it \(error.words)"
            throw CaseErrors(
                location,
                "there is no table `\(path)`\(what); give the path of a .csv file as seen from the study file")
        }
        try self.init(bytes: bytes, path: path)
    }

    private static let tooLarge = "the file is larger than \(largestSize >> 20) MiB, too large for a table"

    /// Takes the bytes of a table; `path` is for messages only.
    ///
    /// - Throws: ``CaseErrors`` at the place in the table that is wrong.
    public init(bytes: [UInt8], path: String) throws(CaseErrors) {
        let start = SourceLocation.file(path: path, line: 1, column: 1)
        if bytes.count > Self.largestSize { throw CaseErrors(start, Self.tooLarge) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CaseErrors(start, "this is not a text file in UTF-8; a table is comma-separated text")
        }
        self.path = path
        self.text = text
        self.bytes = bytes
        var scanner = CSVScanner(bytes, path: path)
        var counter = scanner
        if let columns = try counter.row(only: -1)?.count, columns > Self.mostColumns {
            throw CaseErrors(
                start,
                "the table has \(columns) columns, more than the \(Self.mostColumns) that are read; leave out those "
                    + "that no axis takes")
        }
        guard let head = try scanner.row() else {
            throw CaseErrors(start, "the table is empty; its first line names the columns")
        }
        names = head.cells.map(\.text)
        var known: Set<String> = []
        for cell in head.cells where !known.insert(cell.text).inserted {
            throw CaseErrors(
                cell.location(in: path), "the column \(quoted(cell.text)) stands twice in the table; rename one")
        }
        var rows = 0
        while let row = try scanner.row(only: -1) {
            rows += 1
            if rows > Self.mostRows {
                throw CaseErrors(
                    .file(path: path, line: Int(row.line), column: 1),
                    "the table has more than \(Self.mostRows) rows, too many for an axis; give fewer values")
            }
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
    public func column(_ index: Int) -> [CSVCell] {
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
public struct CSVCell: Sendable, Hashable {
    /// The value, without quotes around it and without blanks at its ends.
    public let text: String
    /// The line of its first character, from 1.
    public let line: Int32
    /// The column of its first character, from 1.
    public let column: Int32

    func location(in path: String) -> SourceLocation { .file(path: path, line: Int(line), column: Int(column)) }
}
