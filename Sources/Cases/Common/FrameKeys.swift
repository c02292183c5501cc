import Materials
import Models

/// The frame in which the lithium of a layer is counted: `frame` and `slab_volume`.
struct FrameKeys {
    /// nil after a mistake.
    let frame: TransportParameters.Frame?
    let composition: AlloyComposition

    /// How a concentration in a slab stands to the composition.
    enum SlabVolume: String, CaseIterable {
        case shared
        case host
    }

    /// - Parameter section: the section that holds the keys, for messages.
    init(_ keys: KeyReader, section: String, volume: MolarVolume?) {
        frame = keys.word(
            "frame", TransportParameters.Frame.self, default: .slab,
            "`slab`: the thickness stays; `host`: the coordinate is fixed to the magnesium, and the layer swells and thins "
                + "with its lithium.")
        let slabVolume = keys.when(frame.map { $0 == .slab }, "`\(section).frame` is `slab`") {
            $0.word(
                "slab_volume", SlabVolume.self, default: .shared,
                "What composition a concentration stands for in the slab. `shared`: Li and Mg share the volume, "
                    + "y = c V_Mg / (1 - c V_Li) (Krauskopf et al. 2019; 69.6 mmol/cm^3 is about Li0.9Mg0.1); `host`: c counts "
                    + "lithium per volume of pure Mg, y = c V_Mg (Wang et al. 2024, Fig. 4e).")
        }
        // After a mistake in the words above a composition stands for no concentration that is known.
        let isKnown = frame == .host || (frame == .slab && slabVolume != nil)
        composition = AlloyComposition(
            relation: slabVolume == .host ? .perHostVolume : .sharedVolume,
            lithiumVolume: isKnown ? volume?.lithiumVolume ?? .nan : .nan,
            hostVolume: isKnown ? volume?.hostVolume ?? .nan : .nan)
    }
}
