import Materials
import Models

/// The layer of a transport case.
struct LayerKeys {
    let shape: Shape
    /// Whether the layer has two dimensions; nil after a mistake.
    let isPlane: Bool?
    /// Thickness, m.
    let thickness: Double
    /// Half the width of a strip, the period of a periodic one, the radius of a disk, m.
    let width: Double
    let side: Side
    let frame: TransportParameters.Frame
    let composition: AlloyComposition

    /// What the layer is along the electrolyte.
    enum Shape: String, CaseIterable {
        case slab
        case strip
        case disk
    }

    /// The end of a strip along the electrolyte.
    enum Side: String, CaseIterable {
        case free
        case periodic
    }

    /// When the keys of a plane have an effect, in words.
    static let inPlane = "`layer.shape` is `strip` or `disk`"

    init(_ keys: KeyReader, volume: MolarVolume?) {
        thickness = keys.quantity(
            "thickness", .length, example: "5 um", range: .from("0.1 nm", to: "10 cm"), "Thickness at the start.")
        let shape = keys.word(
            "shape", Shape.self, default: .slab,
            "`slab`: nothing varies along the electrolyte, one dimension. Two dimensions, for a current that varies: `strip`, "
                + "without end across the plane, and `disk`, about the axis x = 0. They solve dc/dt = div (D grad c), with no "
                + "flux through axis, side and collector.")
        isPlane = shape.map { $0 != .slab }
        width =
            keys.when(isPlane, Self.inPlane) {
                $0.quantity(
                    "width", .length, example: "10 um", range: .from("0.1 nm", to: "10 cm"),
                    "Radius of a disk, half the width of a strip that is symmetric about x = 0, the period of a periodic one."
                )
            } ?? .nan
        let side = keys.when(shape.map { $0 == .strip }, "`layer.shape` is `strip`") {
            $0.word(
                "side", Side.self, default: .free,
                "`free`: no flux through the side; `periodic`: joined to the other end of the strip.")
        }
        self.side = side ?? .free
        self.shape = shape ?? .slab
        let frame = FrameKeys(keys, section: "layer", volume: volume)
        if frame.frame == .host && isPlane == true {
            keys.problem("frame", "the thickness of a strip or a disk stays; use `slab`, or `shape: slab`")
        }
        self.frame = frame.frame ?? .slab
        composition = frame.composition
    }

    /// The layer and its mesh in the plane.
    func body(columns: Int, rows: Int, grading: Double) -> LayerBody {
        LayerBody(
            shape: shape == .disk ? .disk : .strip, thickness: thickness, width: width,
            side: side == .periodic ? .periodic : .free, columns: columns, rows: rows, electrolyteGrading: grading)
    }
}
