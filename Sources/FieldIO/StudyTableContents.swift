import Quantities

/// The open columns of a study file.
final class StudyTableContents {
    private static let group = "/points"

    private let outputs: [StudyTableColumn]
    private let status: StudyTableColumn
    private let steps: StudyTableColumn
    private let cpuTime: StudyTableColumn
    private let end: StudyTableColumn
    private let reason: StudyTableColumn

    /// Creates all groups and datasets in an empty file.
    init(
        creatingIn file: borrowing HDF5File, layout: StudyTableLayout, softwareVersion: String,
        provenance: [(name: String, text: String)], inputs: [(name: String, text: String)]
    ) throws(FieldIOError) {
        let root = try file.openObject("/")
        for (name, text) in [
            ("filetype", "mesolith-study"), ("software", "Mesolith"), ("software_version", softwareVersion),
            ("model", layout.model), ("title", layout.title),
        ] {
            try HDF5Attribute.create(name, text: text, on: root.id, at: file.location)
        }
        try HDF5Attribute.create("format_version", integers: [1, 0], on: root.id, at: file.location)

        try file.createGroup("/provenance")
        for entry in provenance { try file.createText("/provenance/\(entry.name)", entry.text) }
        try file.createGroup("/provenance/inputs")
        for entry in inputs { try file.createText("/provenance/inputs/\(entry.name)", entry.text) }

        try file.createGroup(Self.group)
        var scales = DimensionScales()
        let dimensions = try Self.createAxes(in: file, layout: layout, scales: &scales)
        let shape = layout.shape
        func path(_ name: String) -> String {
            let path = "\(Self.group)/\(name)"
            scales.add(variable: path, scales: dimensions)
            return path
        }
        var outputs: [StudyTableColumn] = []
        for output in layout.outputs {
            outputs.append(
                try StudyTableColumn(
                    creating: path(output.name), in: file, type: Double.fileType, shape: shape, description: output))
        }
        self.outputs = outputs
        status = try StudyTableColumn(
            creating: path("status"), in: file, type: Int8.fileType, shape: shape,
            description: QuantityDescription("status", units: "1", "how the point ended"))
        try status.describe(flags: StudyTableRows.Status.allCases.map { ($0.rawValue, "\($0)") })
        steps = try StudyTableColumn(
            creating: path("steps"), in: file, type: Int32.fileType, shape: shape,
            description: QuantityDescription("steps", units: "1", "time steps, 0 where unknown"))
        cpuTime = try StudyTableColumn(
            creating: path("cpu_time"), in: file, type: Double.fileType, shape: shape,
            description: QuantityDescription("cpu_time", units: "s", "CPU time of the solution"))
        end = try StudyTableColumn(
            texts: path("end"), in: file, shape: shape, longName: "what ended the last step of the protocol")
        reason = try StudyTableColumn(texts: path("reason"), in: file, shape: shape, longName: "why the point failed")
        try scales.write(to: file)
    }

    func write(_ rows: StudyTableRows, at block: StudyTableBlock) throws(FieldIOError) {
        for (column, values) in zip(outputs, rows.outputs) { try column.write(values, at: block) }
        try status.write(rows.status.map(\.rawValue), at: block)
        try steps.write(rows.steps, at: block)
        try cpuTime.write(rows.cpuTime, at: block)
        try end.write(rows.end, at: block)
        try reason.write(rows.reason, at: block)
    }

    /// Creates the axes, and the attributes of the group that name them; returns the paths of the dimensions of the
    /// columns.
    private static func createAxes(
        in file: borrowing HDF5File, layout: StudyTableLayout, scales: inout DimensionScales
    ) throws(FieldIOError) -> [String] {
        let here = file.location.at(group)
        let owner = try file.openObject(group)
        try HDF5Attribute.create("design", text: layout.design, on: owner.id, at: here)
        var dimensions: [String] = []
        if !layout.isGrid {
            let path = "\(group)/point"
            let numbers = try file.createDataset(
                path, shape: [layout.count], values: (0..<layout.count).map { Int64($0) })
            try numbers.describe(units: "1", longName: "number of the point")
            dimensions = [path]
            scales.add(scale: path)
            // By this attribute netCDF readers know the columns of the axes as coordinates.
            let names = layout.axes.map(\.description.name).joined(separator: " ")
            try HDF5Attribute.create("coordinates", text: names, on: owner.id, at: here)
        }
        for axis in layout.axes {
            let path = "\(group)/\(axis.description.name)"
            try create(axis, at: path, in: file)
            if layout.isGrid {
                dimensions.append(path)
                scales.add(scale: path)
            } else {
                scales.add(variable: path, scales: dimensions)
            }
        }
        return dimensions
    }

    private static func create(
        _ axis: StudyTableAxis, at path: String, in file: borrowing HDF5File
    ) throws(FieldIOError) {
        let dataset: HDF5Dataset
        switch axis.values {
        case .numbers(let numbers):
            dataset = try file.createDataset(path, shape: [numbers.count], values: numbers)
        case .words(let words):
            let type = try HDF5Text.type(at: file.location.at(path))
            dataset = try HDF5Dataset(creating: path, in: file, type: type.id, shape: [words.count], storage: .fixed)
            try dataset.write(words, start: [0], extent: [words.count])
        }
        try dataset.describe(units: axis.description.units, longName: axis.description.longName)
        try HDF5Attribute.create("key", text: axis.key, on: dataset.id, at: dataset.location)
    }
}
