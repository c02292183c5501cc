import Cases

/// Tables of comma-separated values: each column has a value in each row, at a place in the text.
@Sendable func readTable(_ bytes: [UInt8]) {
    do throws(CaseErrors) {
        let table = try CSVTable(bytes: bytes, path: "table.csv")
        require(table.rows > 0 && !table.names.isEmpty, "a table without values")
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        for index in table.names.indices.prefix(4) {
            let cells = table.column(index)
            require(cells.count == table.rows, "\(cells.count) values in \(table.rows) rows")
            for cell in cells {
                require((2...lines).contains(Int(cell.line)) && cell.column > 0, "\(cell) is not a place")
            }
        }
    } catch {
        require(!error.problems.isEmpty, "there are no problems in the error")
    }
}
