import Formulas
import LinearAlgebra

/// The potential of a cathode in equilibrium over the lithium in its host, by a formula.
///
///     U(s) against Li/Li+,   s the lithium in the host over the most that it can hold
///
/// It is stated between a charged and a discharged state. s rises and U falls while the cathode is discharged.
public struct OpenCircuitPotential: Sendable, Hashable {
    /// What the variable of the formula is called: the lithium fraction of the host.
    public static let variables = ["s"]

    /// Why a formula is no potential.
    public struct Invalid: Error, Hashable, CustomStringConvertible {
        /// What is wrong, in one sentence without a full stop.
        public let description: String
    }

    @usableFromInline let formula: Formula
    /// The lithium fractions for which the formula is stated, from charged to discharged.
    public let lithiumFraction: ClosedRange<Double>
    /// The charge per mass of active material between the ends of ``lithiumFraction``, C/kg.
    public let specificCapacity: Double

    /// A potential by a formula of ``variables`` in V, the lithium fractions for which it is stated, and the charge per
    /// mass between their ends in C/kg.
    ///
    /// - Precondition: the capacity is above zero.
    /// - Throws: ``Invalid`` where the formula is not finite within the range, or the discharged end is not below the
    ///   charged one.
    public init(
        _ formula: Formula, lithiumFraction: ClosedRange<Double>, specificCapacity: Double
    ) throws(Invalid) {
        precondition(specificCapacity > 0)
        self.formula = formula
        self.lithiumFraction = lithiumFraction
        self.specificCapacity = specificCapacity
        let (charged, discharged) = (lithiumFraction.lowerBound, lithiumFraction.upperBound)
        for step in 0...100 {
            let s = charged + (discharged - charged) * Double(step) / 100
            let potential: Double = self(lithiumFraction: s)
            guard potential.isFinite else {
                throw Invalid(
                    description: "U is \(potential) at s = \(s), expected a finite potential; mend the formula")
            }
        }
        let ends: (Double, Double) = (self(lithiumFraction: charged), self(lithiumFraction: discharged))
        guard ends.0 > ends.1 else {
            throw Invalid(
                description:
                    "U goes from \(ends.0) V at s = \(charged) to \(ends.1) V at s = \(discharged), expected a fall "
                    + "towards more lithium; mend the formula or the range")
        }
    }

    /// U in V against Li/Li+ at a lithium fraction s.
    @inlinable
    public func callAsFunction<S: LawScalar>(lithiumFraction s: S) -> S {
        formula.evaluate { _ in s }
    }
}
