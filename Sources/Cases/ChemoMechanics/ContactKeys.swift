import Models
import Quantities

/// How a surface of the layer is held along a rigid body: `contact` and `friction` of `electrolyte` and of `collector`.
struct ContactKeys {
    let contact: SurfaceContact
    /// Whether nothing holds the surface; nil after a mistake.
    let isSliding: Bool?

    enum Kind: String, CaseIterable {
        case bonded
        case friction
        case sliding
    }

    /// One over the length of 1 nm over which adhesion acts, 1/m: an energy of 1 J/m2 makes a cap of 1 GPa, as Wang et al.
    /// 2024 take it.
    static let inverseAdhesionLength = 1e9

    /// - Parameters:
    ///   - adhesionEnergy: what holds where the case says nothing of the friction; nil where it must.
    init(_ keys: KeyReader, _ geometry: GeometryKeys, default standard: Kind, adhesionEnergy: String?) {
        let kind = keys.when(geometry.hasWidth, GeometryKeys.withWidth) {
            $0.word(
                "contact", Kind.self, default: standard,
                "What holds the surface along x. `bonded`: it does not move; `friction`: shear up to a cap, then slip; "
                    + "`sliding`: no shear.")
        }
        let hasFriction = geometry.hasWidth == false ? false : kind.map { $0 == .friction }
        let friction = keys.when(hasFriction, "`contact` is `friction`") {
            $0.section(
                "friction", isRequired: adhesionEnergy == nil,
                "The shear tau = k (u - s) of the displacement u and the slip s, |tau| <= cap."
            ) { FrictionKeys($0, adhesionEnergy: adhesionEnergy, isInUse: hasFriction == true) }
        }
        isSliding = kind.map { $0 == .sliding }
        contact =
            switch (kind, friction) {
            case (.bonded, _): .bonded
            case (.friction, let friction?): .friction(cap: friction.cap, slip: friction.slip)
            default: .sliding
            }
    }
}

/// The `friction` of a surface.
private struct FrictionKeys {
    /// The largest shear, Pa.
    let cap: Double
    /// The slip over which the shear rises to it, m.
    let slip: Double

    init(_ keys: KeyReader, adhesionEnergy: String?, isInUse: Bool) {
        let given = keys.optionalQuantity(
            "cap", .pressure, example: "1 GPa", range: .above("0 Pa", upTo: "1000 GPa"),
            "The largest shear; 1 GPa at the electrolyte and 20 MPa at the collector in Wang et al. 2024.")
        let isGiven = keys.presentKeys.contains("cap")
        let range = ValueRange.above("0 J/m^2", upTo: "1000 J/m^2")
        let meaning =
            "The cap as an energy of adhesion, which acts over 1 nm: cap = adhesion_energy / 1 nm, so that 1 J/m^2 gives 1 GPa "
            + "(Wang et al. 2024, after Balaya and Maier 2010 and Kim 2023)."
        let energy: Double? = keys.when(!isGiven, "`cap` is not given") {
            guard let adhesionEnergy else {
                return $0.optionalQuantity(
                    "adhesion_energy", .surfaceEnergy, example: "1 J/m^2", range: range, meaning)
            }
            return $0.quantity(
                "adhesion_energy", .surfaceEnergy, example: "1 J/m^2", default: adhesionEnergy, range: range, meaning)
        }
        if isInUse && adhesionEnergy == nil && !keys.isDescribing && keys.presentKeys.allSatisfy({ $0 == "slip" }) {
            keys.context.report(
                keys.location, "`friction` has neither `cap` nor `adhesion_energy`; give one, such as `cap: 20 MPa`")
        }
        cap = isGiven ? given ?? .nan : (energy ?? .nan) * ContactKeys.inverseAdhesionLength
        slip = keys.quantity(
            "slip", .length, example: "1 nm", default: "1 nm", range: .from("1e-3 nm", to: "1 mm"),
            "The displacement over which the shear rises to its cap, k = cap / slip.")
    }
}
