import Quantities

/// The open objects of a results file that is being written.
final class ResultsContents {
    let frames: FrameWriter
    let series: SeriesWriter
    private let status: HDF5Attribute

    /// Creates all groups and datasets in an empty file.
    init(
        creatingIn file: borrowing HDF5File, layout: ResultsLayout, softwareVersion: String,
        provenance: [(name: String, text: String)]
    ) throws(FieldIOError) {
        let root = try file.openObject("/")
        for (name, text) in [
            ("filetype", "mesolith-results"), ("software", "Mesolith"), ("software_version", softwareVersion),
            ("model", layout.model),
        ] {
            try HDF5Attribute.create(name, text: text, on: root.id, at: file.location)
        }
        try HDF5Attribute.create("format_version", integers: [1, 2], on: root.id, at: file.location)
        status = try HDF5Attribute.create(
            "status", text: RunStatus.running.rawValue, on: root.id, at: file.location)

        try file.createGroup("/provenance")
        for entry in provenance { try file.createText("/provenance/\(entry.name)", entry.text) }

        frames = try FrameWriter(creatingIn: file, layout: layout)
        series = try SeriesWriter(creatingIn: file, columns: layout.series)
    }

    /// Brings what waits in memory into the file, the number of frames last.
    func commit() throws(FieldIOError) {
        try series.commit()
        try frames.commit()
    }

    /// Writes what is known at the end only.
    func conclude(
        status: RunStatus, summary: [DescribedValue], in file: borrowing HDF5File
    ) throws(FieldIOError) {
        try file.createGroup("/summary")
        for result in summary {
            let dataset = try file.createDataset("/summary/\(result.quantity.name)", shape: [], values: [result.value])
            try dataset.describe(units: result.quantity.units, longName: result.quantity.longName)
            if let error = result.errorEstimate { try dataset.describe(errorEstimate: error) }
        }
        try self.status.replace(text: status.rawValue)
    }
}
