/// What a layer's surface does along the rigid body it lies on.
public enum SurfaceContact: Sendable, Hashable {
    /// No displacement along the surface.
    case bonded
    /// No shear.
    case sliding
    /// Shear that is elastic up to a cap, then slip: the cap in Pa and the slip in m over which the shear rises to it.
    case friction(cap: Double, slip: Double)
}
