import LinearAlgebra

/// What holds across the plane of the mesh: which strain or which stress of the third direction is given.
///
/// Strains and stresses below are those of an isotropic solid, σ = λ tr ε I + 2μ ε with the elastic strain ε.
public protocol StressState: Sendable {
    /// The coordinates of the mesh.
    static var coordinates: Coordinates { get }

    /// The elastic strain in the third direction.
    ///
    /// - Parameters:
    ///   - hoop: u_x/r, zero in the plane.
    ///   - eigenstrain: the stress-free strain.
    ///   - inPlane: sum of the elastic strains in the plane.
    ///   - lambda: λ, Pa.
    ///   - mu: μ, Pa.
    static func thirdStrain<S: LawScalar>(hoop: S, eigenstrain: S, inPlane: S, lambda: S, mu: S) -> S
}

/// Plane strain: no strain across the plane.
public enum PlaneStrain: StressState {
    /// x and y.
    @inlinable public static var coordinates: Coordinates { .cartesian }
    /// ε₃ = -ε*
    @inlinable
    public static func thirdStrain<S: LawScalar>(hoop: S, eigenstrain: S, inPlane: S, lambda: S, mu: S) -> S {
        -eigenstrain
    }
}

/// Plane stress: no stress across the plane.
public enum PlaneStress: StressState {
    /// x and y.
    @inlinable public static var coordinates: Coordinates { .cartesian }
    /// ε₃ = -λ/(λ + 2μ) (ε₁ + ε₂), from σ₃ = 0.
    @inlinable
    public static func thirdStrain<S: LawScalar>(hoop: S, eigenstrain: S, inPlane: S, lambda: S, mu: S) -> S {
        -(lambda / (lambda + 2 * mu)) * inPlane
    }
}

/// Rotational symmetry without torsion: the strain across the plane is the hoop strain.
public enum Axisymmetric: StressState {
    /// r and z.
    @inlinable public static var coordinates: Coordinates { .axisymmetric }
    /// ε₃ = u_r/r - ε*
    @inlinable
    public static func thirdStrain<S: LawScalar>(hoop: S, eigenstrain: S, inPlane: S, lambda: S, mu: S) -> S {
        hoop - eigenstrain
    }
}
