/// Writes `/VTKHDF`, the mesh and its fields over time, and the same as tables in `/profiles` or `/fields`.
///
/// The data of a frame go to their datasets at once, the books that make it visible (offsets, times, the number of
/// steps, in this order) with `commit`.
final class FrameWriter {
    private let nodeCount: Int
    /// Numbers that each field has at a node.
    private let components: [Int]

    private let pointData: [GrowingDataset]
    private let movingPoints: GrowingDataset?
    private let tables: [GrowingDataset]
    private let tableCoordinates: [GrowingDataset]

    private let constants: [GrowingDataset]
    private let offsets: GrowingTable<Int64>
    private let times: GrowingTable<Double>
    private let stepCount: HDF5Attribute

    /// Positions of the frame: (node, 3) for the mesh, x and y by themselves for the tables.
    private var points: [Double]
    private var abscissae: [Double]
    private var ordinates: [Double]
    /// A vector of the frame with the third component that VTK asks for, (node, 3).
    private var vectors: [Double]

    /// Frames appended.
    private(set) var frames = 0

    init(creatingIn file: borrowing HDF5File, layout: ResultsLayout) throws(FieldIOError) {
        nodeCount = layout.mesh.points.count
        components = layout.pointFields.map(\.components)
        points = layout.mesh.points.flatMap { [$0.x, $0.y, $0.z] }
        abscissae = layout.mesh.points.map(\.x)
        ordinates = layout.mesh.points.map(\.y)
        let hasVectors = components.contains { $0 > 1 }
        vectors = [Double](repeating: 0, count: hasVectors ? 3 * nodeCount : 0)

        try VTKLayout.createMesh(in: file, layout: layout)
        movingPoints = try VTKLayout.createPoints(in: file, values: points, moving: layout.meshMoves)
        pointData = try VTKLayout.createPointData(in: file, layout: layout)
        constants = try VTKLayout.createConstants(in: file, meshMoves: layout.meshMoves)
        offsets = GrowingTable(columns: try VTKLayout.createOffsets(in: file, layout: layout))
        var timeColumns = [try VTKLayout.createTimes(in: file)]

        let group: TableGroup.Tables? =
            switch layout.tables {
            case .profiles: try ProfileLayout.create(in: file, layout: layout)
            case .lattice(let columns, let rows, let isAxisymmetric):
                try LatticeLayout.create(
                    in: file, layout: layout, columns: columns, rows: rows, isAxisymmetric: isAxisymmetric)
            case nil: nil
            }
        if let group { timeColumns.append(group.time) }
        tables = group?.fields ?? []
        tableCoordinates = group?.coordinates ?? []
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
            ordinates[node] = point.y
        }
    }

    /// Appends a frame; `fields` holds the values of field after field, node after node, component after component.
    func append(time: Double, fields: Span<Double>) throws(FieldIOError) {
        try fields.withUnsafeBufferPointer { (values) throws(FieldIOError) in
            guard let start = values.baseAddress else { return }
            var field = start
            for (dataset, components) in zip(pointData, components) {
                if components > 1 {
                    widen(field)
                    try Self.append(vectors, rows: nodeCount, to: dataset)
                } else {
                    try Self.append(field, rows: nodeCount, to: dataset)
                }
                field += components * nodeCount
            }
            field = start
            for (dataset, components) in zip(tables, components) {
                try Self.append(field, rows: 1, to: dataset)
                field += components * nodeCount
            }
        }
        if let movingPoints { try Self.append(points, rows: nodeCount, to: movingPoints) }
        for (index, dataset) in tableCoordinates.enumerated() {
            try Self.append(index == 0 ? abscissae : ordinates, rows: 1, to: dataset)
        }
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

    /// Takes a vector field of the plane, (node, 2).
    private func widen(_ field: UnsafePointer<Double>) {
        for node in 0..<nodeCount {
            vectors[3 * node] = field[2 * node]
            vectors[3 * node + 1] = field[2 * node + 1]
        }
    }

    private static func append(
        _ values: UnsafePointer<Double>, rows: Int, to dataset: GrowingDataset
    ) throws(FieldIOError) {
        try dataset.append(rows: rows, from: values, memoryType: Double.memoryType)
    }
}
