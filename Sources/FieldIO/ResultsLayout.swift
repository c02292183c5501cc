import Quantities

/// What a results file will hold; fixed when the file is created.
public struct ResultsLayout: Sendable, Hashable {
    /// Name of the model, such as `transport`.
    public var model: String
    /// The mesh, at its initial positions.
    public var mesh: ResultMesh
    /// Whether every frame brings new positions.
    public var meshMoves: Bool
    /// The fields on the nodes, in the order in which frames bring them.
    public var pointFields: [QuantityDescription]
    /// The columns of the time series after `time`, in the order in which rows bring them.
    public var series: [QuantityDescription]
    /// Whether frames go to the (time, node) tables of `/profiles` too; for one-dimensional meshes.
    public var hasProfiles: Bool

    /// Describes a file.
    public init(
        model: String, mesh: ResultMesh, meshMoves: Bool, pointFields: [QuantityDescription],
        series: [QuantityDescription],
        hasProfiles: Bool
    ) {
        self.model = model
        self.mesh = mesh
        self.meshMoves = meshMoves
        self.pointFields = pointFields
        self.series = series
        self.hasProfiles = hasProfiles
    }

    /// What is wrong with the layout, if anything.
    func defect() -> String? {
        mesh.defect()
            ?? ObjectName.defect(
                in: pointFields.map(\.name), reserved: hasProfiles ? ["time", "node", "position"] : [])
            ?? ObjectName.defect(in: series.map(\.name), reserved: ["time"])
    }
}
