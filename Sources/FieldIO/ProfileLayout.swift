import Quantities

/// Creates the objects of `/profiles`: the frames of a one-dimensional model as tables over (time, node).
enum ProfileLayout {
    private static let group = "/profiles"

    /// The datasets that frames append to.
    struct Tables {
        var time: GrowingDataset
        var position: GrowingDataset
        var fields: [GrowingDataset]
    }

    /// Creates the group with the axes `time` and `node`.
    static func create(in file: borrowing HDF5File, layout: ResultsLayout) throws(FieldIOError) -> Tables {
        let nodes = layout.mesh.points.count
        try file.createGroup(group)
        let time = try GrowingDataset(
            creating: "\(group)/time", in: file, type: Double.fileType, rowShape: [],
            storage: .growing(chunk: [GrowingTable<Double>.rowsPerChunk]), description: .time)
        let node = try file.createDataset(
            "\(group)/node", shape: [nodes], values: (0..<nodes).map { Int64($0) })
        try node.describe(units: "1", longName: "node, from 0 at the electrolyte")
        let position = try table(
            QuantityDescription("position", units: "m", "distance from the electrolyte"), nodes: nodes,
            in: file)
        var fields: [GrowingDataset] = []
        for field in layout.pointFields { fields.append(try table(field, nodes: nodes, in: file)) }

        var scales = DimensionScales()
        scales.add(scale: "\(group)/time")
        scales.add(scale: "\(group)/node")
        for name in ["position"] + layout.pointFields.map(\.name) {
            scales.add(variable: "\(group)/\(name)", scales: ["\(group)/time", "\(group)/node"])
        }
        try scales.write(to: file)
        return Tables(time: time, position: position, fields: fields)
    }

    private static func table(
        _ field: QuantityDescription, nodes: Int, in file: borrowing HDF5File
    ) throws(FieldIOError) -> GrowingDataset {
        try GrowingDataset(
            creating: "\(group)/\(field.name)", in: file, type: Double.fileType, rowShape: [nodes],
            storage: .growing(chunk: [ChunkLength.frames(ofValues: nodes), ChunkLength.nodes(nodes)]),
            description: field)
    }
}
