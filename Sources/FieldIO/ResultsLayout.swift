import Quantities

/// What a results file will hold; fixed when the file is created.
public struct ResultsLayout: Sendable, Hashable {
    /// Name of the model, such as `transport`.
    public var model: String
    /// The mesh, at its initial positions.
    public var mesh: ResultMesh
    /// Whether every frame brings new positions.
    public var meshMoves: Bool
    /// The fields on the nodes, scalars and vectors of the plane, in the order in which frames bring them.
    public var pointFields: [QuantityDescription]
    /// The columns of the time series after `time`, in the order in which rows bring them.
    public var series: [QuantityDescription]
    /// The tables that frames go to as well; nil for none.
    public var tables: FrameTables?

    /// Describes a file.
    public init(
        model: String, mesh: ResultMesh, meshMoves: Bool, pointFields: [QuantityDescription],
        series: [QuantityDescription], tables: FrameTables?
    ) {
        self.model = model
        self.mesh = mesh
        self.meshMoves = meshMoves
        self.pointFields = pointFields
        self.series = series
        self.tables = tables
    }

    /// What is wrong with the layout, if anything.
    func defect() -> String? {
        mesh.defect() ?? tables?.defect(nodes: mesh.points.count)
            ?? ObjectName.defect(in: pointFields.map(\.name), reserved: tables?.reservedNames ?? [])
            ?? ObjectName.defect(in: series.map(\.name), reserved: ["time"])
            ?? componentDefect()
    }

    /// Numbers that a frame brings for each node.
    var valuesPerNode: Int { pointFields.reduce(0) { $0 + $1.components } }

    private func componentDefect() -> String? {
        let most = tables == .profiles ? 1 : 2
        if let field = pointFields.first(where: { !(1...most).contains($0.components) }) {
            return "the field '\(field.name)' has \(field.components) components, here it can have \(most) at most"
        }
        if let column = series.first(where: { $0.components != 1 }) {
            return "the column '\(column.name)' of the series has \(column.components) components instead of one"
        }
        return nil
    }
}
