/// Writes `/VTKHDF`, the mesh and its fields over time, and for one-dimensional models the same as tables in
/// `/profiles`.
///
/// The data of a frame go to their datasets at once, the books that make it visible (offsets, times, the number of
/// steps, in this order) with `commit`.
final class FrameWriter {
    private let nodeCount: Int
    private let meshMoves: Bool
    private let fieldCount: Int

    private let pointData: [GrowingDataset]
    private let movingPoints: GrowingDataset?
    private let profiles: [GrowingDataset]
    private let profilePosition: GrowingDataset?

    private let constants: [GrowingDataset]
    private let offsets: GrowingTable<Int64>
    private let times: GrowingTable<Double>
    private let stepCount: HDF5Attribute

    /// Positions of the frame: (node, 3) for the mesh and x alone for the profiles.
    private var points: [Double]
    private var abscissae: [Double]

    /// Frames appended.
    private(set) var frames = 0

    init(creatingIn file: borrowing HDF5File, layout: ResultsLayout) throws(FieldIOError) {
        nodeCount = layout.mesh.points.count
        meshMoves = layout.meshMoves
        fieldCount = layout.pointFields.count
        points = layout.mesh.points.flatMap { [$0.x, $0.y, $0.z] }
        abscissae = layout.mesh.points.map(\.x)

        try VTKLayout.createMesh(in: file, layout: layout)
        movingPoints = try VTKLayout.createPoints(in: file, values: points, moving: layout.meshMoves)
        pointData = try VTKLayout.createPointData(in: file, layout: layout)
        constants = try VTKLayout.createConstants(in: file, meshMoves: layout.meshMoves)
        offsets = GrowingTable(columns: try VTKLayout.createOffsets(in: file, layout: layout))
        var timeColumns = [try VTKLayout.createTimes(in: file)]

        var fields: [GrowingDataset] = []
        var position: GrowingDataset?
        if layout.hasProfiles {
            let tables = try ProfileLayout.create(in: file, layout: layout)
            timeColumns.append(tables.time)
            position = tables.position
            fields = tables.fields
        }
        profiles = fields
        profilePosition = position
        times = GrowingTable(columns: timeColumns)
        // Created last: a flush goes through the structure in the order of its place in the file.
        stepCount = try VTKLayout.createStepCount(in: file)
    }

    /// Takes new positions of the nodes, m.
    func move(to positions: Span<SIMD3<Double>>) {
        for node in positions.indices {
            let point = positions[node]
            points[3 * node] = point.x
            points[3 * node + 1] = point.y
            points[3 * node + 2] = point.z
            abscissae[node] = point.x
        }
    }

    /// Takes new positions of the nodes along the x axis, m.
    func move(toAbscissae positions: Span<Double>) {
        for node in positions.indices {
            points[3 * node] = positions[node]
            abscissae[node] = positions[node]
        }
    }

    /// Appends a frame; `fields` holds the values of field after field, node after node.
    func append(time: Double, fields: Span<Double>) throws(FieldIOError) {
        try fields.withUnsafeBufferPointer { (values) throws(FieldIOError) in
            guard let start = values.baseAddress else { return }
            for (index, dataset) in pointData.enumerated() {
                try Self.append(start + index * nodeCount, rows: nodeCount, to: dataset)
            }
            for (index, dataset) in profiles.enumerated() {
                try Self.append(start + index * nodeCount, rows: 1, to: dataset)
            }
        }
        if let movingPoints { try Self.append(points, rows: nodeCount, to: movingPoints) }
        if let profilePosition { try Self.append(abscissae, rows: 1, to: profilePosition) }
        try offsets.append(repeating: Int64(frames * nodeCount))
        try times.append(repeating: time)
        frames += 1
    }

    /// Makes the frames appended so far visible.
    func commit() throws(FieldIOError) {
        try offsets.writePending()
        for dataset in constants { try dataset.appendConstants(upTo: frames) }
        try times.writePending()
        try stepCount.replace(integer: Int64(frames))
    }

    private static func append(
        _ values: UnsafePointer<Double>, rows: Int, to dataset: GrowingDataset
    ) throws(FieldIOError) {
        try dataset.append(rows: rows, from: values, memoryType: Double.memoryType)
    }
}
