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

    /// How a concentration in a slab stands to the composition.
    enum SlabVolume: String, CaseIterable {
        case shared
        case host
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
        let frame =
            keys.word(
                "frame", TransportParameters.Frame.self, default: .slab,
                "`slab`: the thickness stays; `host`: the coordinate is fixed to the magnesium, and the layer swells and thins "
                    + "with its lithium.")
        if frame == .host && isPlane == true {
            keys.problem("frame", "the thickness of a strip or a disk stays; use `slab`, or `shape: slab`")
        }
        let slabVolume = keys.when(frame.map { $0 == .slab }, "`layer.frame` is `slab`") {
            $0.word(
                "slab_volume", SlabVolume.self, default: .shared,
                "What composition a concentration stands for in the slab. `shared`: Li and Mg share the volume, "
                    + "y = c V_Mg / (1 - c V_Li) (Krauskopf et al. 2019; 69.6 mmol/cm^3 is about Li0.9Mg0.1); `host`: c counts "
                    + "lithium per volume of pure Mg, y = c V_Mg (Wang et al. 2024, Fig. 4e).")
        }
        self.frame = frame ?? .slab
        // After a mistake in the words above a composition stands for no concentration that is known.
        let isKnown = frame == .host || (frame == .slab && slabVolume != nil)
        composition = AlloyComposition(
            relation: slabVolume == .host ? .perHostVolume : .sharedVolume,
            lithiumVolume: isKnown ? volume?.lithiumVolume ?? .nan : .nan,
            hostVolume: isKnown ? volume?.hostVolume ?? .nan : .nan)
    }

    /// The layer and its mesh in the plane.
    func body(columns: Int, rows: Int, grading: Double) -> LayerBody {
        LayerBody(
            shape: shape == .disk ? .disk : .strip, thickness: thickness, width: width,
            side: side == .periodic ? .periodic : .free, columns: columns, rows: rows, electrolyteGrading: grading)
    }
}
