import Quantities

/// Creates the objects of `/fields`: the frames of a two-dimensional model as tables over (time, row, column).
enum LatticeLayout {
    /// Creates the group with the axes `time`, `row`, `column` and, where there are vectors, `component`.
    static func create(
        in file: borrowing HDF5File, layout: ResultsLayout, columns: Int, rows: Int, isAxisymmetric: Bool
    ) throws(FieldIOError) -> TableGroup.Tables {
        var group = try TableGroup(creating: "/fields", in: file)
        try group.createAttribute("geometry", isAxisymmetric ? "axisymmetric" : "planar", in: file)
        // What netCDF's conventions call the coordinates of the fields; xarray looks for it here.
        try group.createAttribute("coordinates", "x y", in: file)
        let axes = [(name: "row", count: rows + 1), (name: "column", count: columns + 1)]
        let components = (name: "component", count: 2)

        let time = try group.createTime(in: file)
        try group.createAxis("row", count: axes[0].count, "row of nodes, from 0 at the bottom", in: file)
        try group.createAxis("column", count: axes[1].count, "column of nodes, from 0 at the left", in: file)
        if layout.pointFields.contains(where: { $0.components > 1 }) {
            try group.createAxis("component", count: components.count, "0 along x, 1 along y", in: file)
        }
        var coordinates: [GrowingDataset] = []
        let points = layout.mesh.points
        for (description, values) in [
            (QuantityDescription("x", units: "m", isAxisymmetric ? "radius" : "x"), points.map(\.x)),
            (QuantityDescription("y", units: "m", isAxisymmetric ? "height" : "y"), points.map(\.y)),
        ] {
            if layout.meshMoves {
                coordinates.append(try group.createTable(description, over: axes, in: file))
            } else {
                try group.createConstant(description, over: axes, values: values, in: file)
            }
        }
        var fields: [GrowingDataset] = []
        for field in layout.pointFields {
            let own = field.components > 1 ? axes + [components] : axes
            fields.append(try group.createTable(field, over: own, in: file))
        }
        try group.finish(in: file)
        return TableGroup.Tables(time: time, coordinates: coordinates, fields: fields)
    }
}
