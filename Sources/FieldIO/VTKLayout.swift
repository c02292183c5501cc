import Quantities

/// Creates the objects of `/VTKHDF`: a transient VTKHDF 2.0 unstructured grid in one part, its topology stored once.
enum VTKLayout {
    private static let group = "/VTKHDF"
    private static let rowsPerChunk = GrowingTable<Double>.rowsPerChunk

    /// The groups, the format's attributes and the parts of the mesh that stay.
    static func createMesh(in file: borrowing HDF5File, layout: ResultsLayout) throws(FieldIOError) {
        try file.createGroup(group)
        for name in ["PointData", "Steps", "Steps/PointDataOffsets"] { try file.createGroup("\(group)/\(name)") }

        let here = file.location.at(group)
        let root = try file.openObject(group)
        try HDF5Attribute.create("Version", integers: [2, 0], on: root.id, at: here)
        // Exactly as long as the word and padded, not terminated: VTK 9.3 and 9.4 refuse every other kind of text.
        try HDF5Attribute.create("Type", ascii: "UnstructuredGrid", terminated: false, on: root.id, at: here)

        let mesh = layout.mesh
        try createIntegers("NumberOfPoints", [mesh.points.count], in: file)
        try createIntegers("NumberOfCells", [mesh.cellTypes.count], in: file)
        try createIntegers("NumberOfConnectivityIds", [mesh.connectivity.count], in: file)
        try createIntegers("Connectivity", mesh.connectivity, in: file)
        try createIntegers("Offsets", mesh.offsets, in: file)
        _ = try file.createDataset("\(group)/Types", shape: [mesh.cellTypes.count], values: mesh.cellTypes)
    }

    /// `Points`: written at once when the mesh rests; when it moves, empty and returned for the frames to append to.
    static func createPoints(
        in file: borrowing HDF5File, values: [Double], moving: Bool
    ) throws(FieldIOError) -> GrowingDataset? {
        let path = "\(group)/Points"
        let description = QuantityDescription("Points", units: "m", "node positions")
        let nodes = values.count / 3
        guard moving else {
            let dataset = try file.createDataset(path, shape: [nodes, 3], values: values)
            try dataset.describe(units: description.units, longName: description.longName)
            return nil
        }
        return try GrowingDataset(
            creating: path, in: file, type: Double.fileType, rowShape: [3],
            storage: .growing(chunk: [ChunkLength.rows(frameRows: nodes, width: 3), 3]), description: description)
    }

    /// `PointData`: one list a field, frame after frame; of rows of three numbers where the field is a vector, as
    /// ParaView wants them.
    static func createPointData(
        in file: borrowing HDF5File, layout: ResultsLayout
    ) throws(FieldIOError) -> [GrowingDataset] {
        let nodes = layout.mesh.points.count
        var datasets: [GrowingDataset] = []
        for field in layout.pointFields {
            let rowShape = field.components == 1 ? [] : [3]
            let rows = ChunkLength.rows(frameRows: nodes, width: rowShape.first ?? 1)
            datasets.append(
                try GrowingDataset(
                    creating: "\(group)/PointData/\(field.name)", in: file, type: Double.fileType, rowShape: rowShape,
                    storage: .growing(chunk: [rows] + rowShape), description: field))
        }
        return datasets
    }

    /// The columns of `Steps` that are the same for every frame, because there is one part and one topology.
    ///
    /// `PartOffsets` has to stay 0 also when the points move: VTK adds it to the rows of `Offsets`, which is stored
    /// once.
    static func createConstants(
        in file: borrowing HDF5File, meshMoves: Bool
    ) throws(FieldIOError) -> [GrowingDataset] {
        var columns: [(name: String, rowShape: [Int], value: Int64)] = [
            ("PartOffsets", [], 0), ("NumberOfParts", [], 1), ("CellOffsets", [1], 0),
            ("ConnectivityIdOffsets", [1], 0),
        ]
        if !meshMoves { columns.append(("PointOffsets", [], 0)) }
        var datasets: [GrowingDataset] = []
        for column in columns {
            datasets.append(
                try GrowingDataset(
                    creating: "\(group)/Steps/\(column.name)", in: file, type: Int64.fileType,
                    rowShape: column.rowShape, storage: .constant(column.value), description: nil))
        }
        return datasets
    }

    /// The columns of `Steps` that say at which row a frame begins: those of the fields and, if they move, of the
    /// points.
    static func createOffsets(
        in file: borrowing HDF5File, layout: ResultsLayout
    ) throws(FieldIOError) -> [GrowingDataset] {
        var names = layout.pointFields.map { "PointDataOffsets/\($0.name)" }
        if layout.meshMoves { names.append("PointOffsets") }
        var datasets: [GrowingDataset] = []
        for name in names {
            datasets.append(
                try GrowingDataset(
                    creating: "\(group)/Steps/\(name)", in: file, type: Int64.fileType, rowShape: [],
                    storage: .growing(chunk: [rowsPerChunk]), description: nil))
        }
        return datasets
    }

    /// `Steps/Values`: the times of the frames.
    static func createTimes(in file: borrowing HDF5File) throws(FieldIOError) -> GrowingDataset {
        try GrowingDataset(
            creating: "\(group)/Steps/Values", in: file, type: Double.fileType, rowShape: [],
            storage: .growing(chunk: [rowsPerChunk]), description: .time)
    }

    /// The attribute `NSteps`, from 0.
    static func createStepCount(in file: borrowing HDF5File) throws(FieldIOError) -> HDF5Attribute {
        let path = "\(group)/Steps"
        let steps = try file.openObject(path)
        return try HDF5Attribute.create(
            "NSteps", integers: [0], on: steps.id, at: file.location.at(path))
    }

    private static func createIntegers(
        _ name: String, _ values: [Int], in file: borrowing HDF5File
    ) throws(FieldIOError) {
        _ = try file.createDataset("\(group)/\(name)", shape: [values.count], values: values.map { Int64($0) })
    }
}
