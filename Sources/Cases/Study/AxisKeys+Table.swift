import Quantities

extension KeyReader {
    /// The values of an axis in a column of a table.
    func axisColumn(_ tables: AxisKeys.Tables) -> AxisValues? {
        optionalSection("csv", "Values from a table of comma-separated values, one way to give them.") { keys in
            let file = keys.text(
                "file", example: "points.csv", isRequired: true,
                "The table: a path as seen from the study file; its first line names the columns.")
            let name = keys.text("column", example: "thickness", isRequired: true, "The name of the column.")
            let unit = keys.columnUnit()
            guard let file, let name, let place = keys.entry("file")?.value.location else { return nil }
            let table: CSVTable
            do throws(CaseErrors) {
                table = try tables(file, place)
            } catch {
                for problem in error.problems { context.report(problem.location, problem.message) }
                return nil
            }
            guard let index = table.names.firstIndex(of: name) else {
                let hint = closestMatch(to: name, among: table.names).map { "did you mean `\($0)`?" }
                keys.problem(
                    "column",
                    "there is no column \(quoted(name)) in `\(table.path)`, "
                        + (hint ?? "expected \(listed(table.names))"))
                return nil
            }
            guard let cells = keys.cells(of: table, column: index, unit: unit) else { return nil }
            return axisValues(cells, in: table.path)
        }
    }

    private func columnUnit() -> Unit? {
        declare("unit", kind: "unit", example: "um", "The unit of the column, where it holds bare numbers.")
        guard let entry = take("unit", isRequired: false, example: "um", kind: "a unit") else { return nil }
        guard case .scalar(let raw, _) = entry.value.content, !raw.trimmed.isEmpty else {
            context.report(entry.value.location, "`unit`: expected a unit such as `um`, found \(entry.value.kind)")
            return nil
        }
        do {
            return try Unit(parsing: raw.trimmed)
        } catch {
            let blanks = raw.prefix(while: \.isWhitespace).count
            context.report(entry.value.place(ofCharacter: blanks + error.offset), "`unit`: \(error.message)")
            return nil
        }
    }

    /// The values of a column, each with the unit of the column.
    private func cells(of table: CSVTable, column: Int, unit: Unit?) -> [CSVCell]? {
        var cells = table.column(column)
        for index in cells.indices {
            let cell = cells[index]
            if cell.text.isEmpty {
                context.report(
                    cell.location(in: table.path), "the column `\(table.names[column])` holds nothing in this row")
                return nil
            }
            guard let unit else { continue }
            if (try? Quantity(parsing: cell.text))?.unit != Unit.none {
                context.report(
                    cell.location(in: table.path),
                    "expected a bare number, as the column has the `unit: \(unit.text)`, found \(quoted(cell.text))")
                return nil
            }
            cells[index] = CSVCell(text: "\(cell.text) \(unit.text)", line: cell.line, column: cell.column)
        }
        return cells
    }
}
