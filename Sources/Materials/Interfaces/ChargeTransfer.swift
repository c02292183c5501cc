import LinearAlgebra

/// The charge-transfer law of an interface, chosen by name.
@frozen
public enum ChargeTransfer: ChargeTransferLaw {
    /// Both reactions, at any overpotential.
    case butlerVolmer(ButlerVolmer)
    /// A resistance, near equilibrium.
    case linear(LinearChargeTransfer)
    /// One reaction alone, far from equilibrium.
    case tafel(TafelChargeTransfer)

    /// Stripping alone, i = i₀ exp(α_a F η / RT).
    @inlinable
    public static func tafelAnodic(coefficient: Double) -> ChargeTransfer {
        .tafel(TafelChargeTransfer(.anodic, coefficient: coefficient))
    }

    /// Plating alone, i = -i₀ exp(-α_c F η / RT).
    @inlinable
    public static func tafelCathodic(coefficient: Double) -> ChargeTransfer {
        .tafel(TafelChargeTransfer(.cathodic, coefficient: coefficient))
    }

    /// The overpotentials in V for which the law is stated.
    @inlinable
    public var overpotentials: ClosedRange<Double> {
        switch self {
        case .butlerVolmer(let law): law.overpotentials
        case .linear(let law): law.overpotentials
        case .tafel(let law): law.overpotentials
        }
    }

    /// i / i₀ at u = F η / RT.
    @inlinable
    public func relativeCurrent<S: LawScalar>(reducedOverpotential u: S) -> S {
        switch self {
        case .butlerVolmer(let law): law.relativeCurrent(reducedOverpotential: u)
        case .linear(let law): law.relativeCurrent(reducedOverpotential: u)
        case .tafel(let law): law.relativeCurrent(reducedOverpotential: u)
        }
    }

    /// u = F η / RT at a ratio i / i₀.
    @inlinable
    public func reducedOverpotential<S: LawScalar>(relativeCurrent ratio: S) -> S {
        switch self {
        case .butlerVolmer(let law): law.reducedOverpotential(relativeCurrent: ratio)
        case .linear(let law): law.reducedOverpotential(relativeCurrent: ratio)
        case .tafel(let law): law.reducedOverpotential(relativeCurrent: ratio)
        }
    }
}
