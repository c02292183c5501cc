import Models

/// The `geometry` of a layer with stress.
struct GeometryKeys {
    let shape: LayerBody.Shape
    /// Thickness, m.
    let thickness: Double
    /// Radius of a disk, half the width of a strip, the period of a periodic one, m.
    let width: Double
    let side: LayerBody.SideCondition
    let across: MechanicsParameters.Across
    /// Whether the layer has a width and slides along its surfaces; nil after a mistake.
    let hasWidth: Bool?
    /// Whether its side is free; nil after a mistake.
    let hasFreeSide: Bool?

    /// When the keys of a width have an effect, in words.
    static let withWidth = "`geometry.shape` is `strip` or `disk`"

    init(_ keys: KeyReader) {
        let length = ValueRange.from("0.1 nm", to: "10 cm")
        let shape = keys.word(
            "shape", LayerBody.Shape.self,
            "`film`: without end, nothing varies along the electrolyte and nothing moves along it; `strip`: without end across "
                + "the plane, symmetric about x = 0 unless it is periodic; `disk`: about the axis x = 0.")
        hasWidth = shape.map { $0 != .film }
        thickness = keys.quantity(
            "thickness", .length, example: "140 nm", range: length,
            "Thickness at the start."
        )
        width =
            keys.when(hasWidth, Self.withWidth) {
                $0.quantity(
                    "width", .length, example: "100 nm", range: length,
                    "Radius of a disk, half the width of a strip that is symmetric about x = 0, the period of a periodic one."
                )
            } ?? thickness
        let side = keys.when(hasWidth, Self.withWidth) {
            $0.word(
                "side", LayerBody.SideCondition.self, default: .free,
                "`free`: no traction on the side; `symmetric`: no displacement along x and no shear, the middle between two "
                    + "such bodies; `periodic` (strip): joined to the left end.")
        }
        if shape == .disk && side == .periodic {
            keys.problem("side", "a disk has no period; use `free` or `symmetric`")
        }
        // Nothing moves along a film, so that its side is held.
        self.side = side ?? .symmetric
        hasFreeSide = hasWidth == false ? false : side.map { $0 == .free }
        let across = keys.when(shape.map { $0 == .strip }, "`geometry.shape` is `strip`") {
            $0.word(
                "across", MechanicsParameters.Across.self, default: .planeStrain,
                "What holds across the plane. `plane_strain`: no strain; `plane_stress`: no stress.")
        }
        self.shape = shape ?? .film
        self.across = across ?? .planeStrain
    }

    /// The body and its mesh.
    func body(_ mesh: LayerMeshKeys) -> LayerBody {
        LayerBody(
            shape: shape, thickness: thickness, width: width, side: side, columns: mesh.columns, rows: mesh.rows,
            sideGrading: mesh.sideGrading, electrolyteGrading: mesh.electrolyteGrading)
    }
}

/// The `mesh` of a layer with stress.
struct LayerMeshKeys {
    let columns: Int
    let rows: Int
    let sideGrading: Double
    let electrolyteGrading: Double

    init(_ keys: KeyReader, _ geometry: GeometryKeys) {
        let grading = ValueRange.from("1e-3", to: "1e3")
        columns =
            keys.when(geometry.hasWidth, GeometryKeys.withWidth) {
                $0.integer("columns", in: 2...1000, default: 32, "Number of cells along the electrolyte.")
            } ?? 1
        rows = keys.integer("rows", in: 2...1000, default: 32, "Number of cells along the thickness.")
        sideGrading =
            keys.when(geometry.hasFreeSide, "`geometry.side` is `free`") {
                $0.quantity(
                    "side_grading", .dimensionless, example: "10", default: "10", range: grading,
                    "Size of the innermost cells over that of the outermost ones, at the free side.")
            } ?? 1
        electrolyteGrading = keys.quantity(
            "electrolyte_grading", .dimensionless, example: "4", default: "4", range: grading,
            "Size of the cells at the collector over that of those at the electrolyte.")
    }
}
