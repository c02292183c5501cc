import Quantities

/// Creates a group in which frames lie as tables: the axes first, then the tables over them.
struct TableGroup: ~Copyable {
    /// The datasets that frames append to.
    struct Tables {
        var time: GrowingDataset
        /// Coordinates of the nodes: x alone on a line, x and y in the plane; none where they are stored once.
        var coordinates: [GrowingDataset]
        var fields: [GrowingDataset]
    }

    private let path: String
    private var scales = DimensionScales()

    /// Creates the group.
    init(creating path: String, in file: borrowing HDF5File) throws(FieldIOError) {
        self.path = path
        try file.createGroup(path)
    }

    /// Creates the axis `time`, which grows.
    mutating func createTime(in file: borrowing HDF5File) throws(FieldIOError) -> GrowingDataset {
        scales.add(scale: "\(path)/time")
        return try GrowingDataset(
            creating: "\(path)/time", in: file, type: Double.fileType, rowShape: [],
            storage: .growing(chunk: [GrowingTable<Double>.rowsPerChunk]), description: .time)
    }

    /// Creates an axis of fixed length, whose values count from 0.
    mutating func createAxis(
        _ name: String, count: Int, _ longName: String, in file: borrowing HDF5File
    ) throws(FieldIOError) {
        scales.add(scale: "\(path)/\(name)")
        let axis = try file.createDataset("\(path)/\(name)", shape: [count], values: (0..<count).map { Int64($0) })
        try axis.describe(units: "1", longName: longName)
    }

    /// Creates a table with a row for each frame.
    ///
    /// - Parameter axes: name and length of the axes after `time`.
    mutating func createTable(
        _ description: QuantityDescription, over axes: [(name: String, count: Int)], in file: borrowing HDF5File
    ) throws(FieldIOError) -> GrowingDataset {
        let shape = axes.map(\.count)
        scales.add(
            variable: "\(path)/\(description.name)", scales: (["time"] + axes.map(\.name)).map { "\(path)/\($0)" })
        return try GrowingDataset(
            creating: "\(path)/\(description.name)", in: file, type: Double.fileType, rowShape: shape,
            storage: .growing(chunk: ChunkLength.table(frameShape: shape)), description: description)
    }

    /// Creates a table without `time` and writes it.
    mutating func createConstant(
        _ description: QuantityDescription, over axes: [(name: String, count: Int)], values: [Double],
        in file: borrowing HDF5File
    ) throws(FieldIOError) {
        scales.add(variable: "\(path)/\(description.name)", scales: axes.map { "\(path)/\($0.name)" })
        let dataset = try file.createDataset("\(path)/\(description.name)", shape: axes.map(\.count), values: values)
        try dataset.describe(units: description.units, longName: description.longName)
    }

    /// Gives the group a text attribute.
    func createAttribute(_ name: String, _ text: String, in file: borrowing HDF5File) throws(FieldIOError) {
        let group = try file.openObject(path)
        try HDF5Attribute.create(name, text: text, on: group.id, at: file.location.at(path))
    }

    /// Names the axes of all tables.
    consuming func finish(in file: borrowing HDF5File) throws(FieldIOError) { try scales.write(to: file) }
}
