import Quantities

/// Writes `/series`, one row an accepted time step.
final class SeriesWriter {
    private let table: GrowingTable<Double>

    /// Columns after `time`.
    let columnCount: Int

    init(creatingIn file: borrowing HDF5File, columns: [QuantityDescription]) throws(FieldIOError) {
        try file.createGroup("/series")
        var datasets: [GrowingDataset] = []
        var scales = DimensionScales()
        scales.add(scale: "/series/time")
        for column in [.time] + columns {
            let path = "/series/\(column.name)"
            datasets.append(
                try GrowingDataset(
                    creating: path, in: file, type: Double.fileType, rowShape: [],
                    storage: .growing(chunk: [GrowingTable<Double>.rowsPerChunk]), description: column))
        }
        for column in columns { scales.add(variable: "/series/\(column.name)", scales: ["/series/time"]) }
        try scales.write(to: file)
        table = GrowingTable(columns: datasets)
        columnCount = columns.count
    }

    /// Adds a row to those that wait in memory.
    func append(time: Double, values: Span<Double>) throws(FieldIOError) { try table.append(time, values) }

    /// Writes the rows that wait in memory.
    func commit() throws(FieldIOError) { try table.writePending() }
}
