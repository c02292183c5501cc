import Quantities

/// Creates the objects of `/profiles`: the frames of a one-dimensional model as tables over (time, node).
enum ProfileLayout {
    /// Creates the group with the axes `time` and `node`.
    static func create(in file: borrowing HDF5File, layout: ResultsLayout) throws(FieldIOError) -> TableGroup.Tables {
        var group = try TableGroup(creating: "/profiles", in: file)
        let axes = [(name: "node", count: layout.mesh.points.count)]
        let time = try group.createTime(in: file)
        try group.createAxis("node", count: axes[0].count, "node, from 0 at the electrolyte or on the void", in: file)
        let position = try group.createTable(
            QuantityDescription(
                "position", units: "m", "distance from the electrolyte, or from the centre of the void"), over: axes,
            in: file)
        var fields: [GrowingDataset] = []
        for field in layout.pointFields { fields.append(try group.createTable(field, over: axes, in: file)) }
        try group.finish(in: file)
        return TableGroup.Tables(time: time, coordinates: [position], fields: fields)
    }
}
