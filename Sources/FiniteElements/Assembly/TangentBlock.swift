import LinearAlgebra

/// A block on the diagonal of the tangent of a system: the equations of some components, differentiated with respect to
/// the same components.
///
/// The block of all components is the whole tangent. Its rows count from the first unknown of its components.
public struct TangentBlock: Sendable {
    /// The components.
    public let components: Range<Int>
    /// Their unknowns in the vector of all unknowns.
    public let unknowns: Range<Int>
    /// Where element matrices go.
    public let scatter: BlockScatter
    /// The unknowns of an element that belong to the components.
    @usableFromInline let locals: Range<Int>

    /// Finds the pattern of a block.
    ///
    /// - Parameters:
    ///   - components: those of one field, or of several that follow each other; nil for all.
    ///   - couples: whether the equation of one component (first) can depend on another component (second).
    /// - Precondition: a dependence that `couples` denies is in no form that is added to the block.
    public init(
        of system: DegreesOfFreedom, components: Range<Int>? = nil, couples: (Int, Int) -> Bool = { _, _ in true }
    ) {
        let components = components ?? 0..<system.components
        self.components = components
        let unknowns = system.unknowns(ofComponents: components)
        self.unknowns = unknowns
        let locals = system.localStarts[components.lowerBound]..<system.localStarts[components.upperBound]
        self.locals = locals
        let owners = components.flatMap { component in
            [Int](repeating: component, count: system.orders[component].nodesPerCell)
        }
        var indices: [Int32] = []
        indices.reserveCapacity(system.mesh.cells * locals.count)
        for cell in 0..<system.mesh.cells {
            for local in locals {
                indices.append(system.cellUnknowns[cell * system.countPerCell + local] - Int32(unknowns.lowerBound))
            }
        }
        scatter = BlockScatter(size: unknowns.count, indices: indices, blockSize: locals.count) {
            couples(owners[$0], owners[$1])
        }
    }

    /// The places of the matrix.
    public var pattern: SparsePattern { scatter.pattern }

    /// A zero matrix of the block.
    public func makeMatrix() -> SparseMatrix { SparseMatrix(pattern: scatter.pattern) }
}
