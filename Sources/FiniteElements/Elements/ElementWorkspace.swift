import LinearAlgebra

/// The storage of one element evaluation, made once for a system of fields and used for every element of a thread.
///
/// An element is evaluated in three steps: ``place(_:cell:reference:)`` computes the physical basis and the weights,
/// ``load(unknowns:previous:of:cell:)`` the fields at the quadrature points, and ``evaluateTangent(of:)`` or
/// ``evaluateResidual(of:)`` the result, in ``residual`` and ``tangent``.
///
/// With B_r the row (φ, ∂φ/∂x, ∂φ/∂y at one point) of basis values of a component, w the weight of the point, d the
/// density and D its derivatives with respect to the jets of the fields, the element's residual and tangent are
///
///     R = Σ_r w d_r B_rᵀ,      K = Σ_r B_rᵀ (Σ_s w D_rs B_s)
///
/// A segment of a row belongs to a component; rows are filled up to whole SIMD4 lanes, so that a segment's last lanes may
/// run into the next segment, which is therefore written later.
public final class ElementWorkspace {
    /// The part of an element's unknowns that belongs to a component.
    struct Segment {
        /// Its first unknown.
        let first: Int
        /// Its number of nodes.
        let nodes: Int
        /// Which of the basis tables is its own.
        let table: Int
        /// Length of the rows of its table.
        let rowLength: Int
    }

    /// Number of unknowns of an element.
    public let count: Int
    /// Distance between the starts of two rows of ``tangent``.
    public let rowStride: Int
    /// Element residual, `count` entries.
    public let residual: UnsafeMutablePointer<Double>
    /// Element tangent by rows, `count` rows at a distance of `rowStride`.
    public let tangent: UnsafeMutablePointer<Double>

    let coordinates: Coordinates
    let maximumPoints: Int
    let segments: [Segment]
    /// Physical basis rows of each table, three for each point.
    let bases: [UnsafeMutablePointer<Double>]
    let unknowns: UnsafeMutablePointer<Double>
    let previous: UnsafeMutablePointer<Double>
    /// P_r = Σ_s w D_rs B_s for the rows r of one component.
    let products: UnsafeMutablePointer<Double>
    /// The B_r that goes with each row of `products`.
    let tests: UnsafeMutablePointer<Double>

    @usableFromInline let components: Int
    /// Number of points of the rule in use. A workspace has one user: its accesses are not tracked at run time.
    @exclusivity(unchecked) @usableFromInline var pointCount = 0
    @usableFromInline let points: UnsafeMutablePointer<QuadraturePoint>
    /// Jets of the fields and of the earlier fields, by point and component.
    @usableFromInline let jets: UnsafeMutablePointer<Jet<Double>>
    @usableFromInline let previousJets: UnsafeMutablePointer<Jet<Double>>
    /// ``previousJets``, or the jets themselves where no earlier state is given.
    @exclusivity(unchecked) @usableFromInline var earlierJets: UnsafeMutablePointer<Jet<Double>>
    /// Densities by point and component.
    @usableFromInline let densities: UnsafeMutablePointer<Jet<Double>>
    /// Derivatives of the densities: for each point, component and entry of its jet a row of `inputStride`.
    @usableFromInline let derivatives: UnsafeMutablePointer<Double>
    @usableFromInline let inputStride: Int
    /// Room for the jets and the densities of all components with eight derivatives each.
    @usableFromInline let duals: UnsafeMutableRawPointer
    /// The points of four cells at a time.
    @usableFromInline let quartet: UnsafeMutablePointer<CellQuartetPoint>

    /// Storage for the elements of a system, with rules of at most `maximumPoints` points.
    public init(unknowns system: DegreesOfFreedom, coordinates: Coordinates, maximumPoints: Int) {
        let orders = system.distinctOrders
        var segments: [Segment] = []
        var first = 0
        for order in system.orders {
            let table = orders.firstIndex(of: order) ?? 0
            segments.append(
                Segment(
                    first: first, nodes: order.nodesPerCell, table: table,
                    rowLength: roundedToLanes(order.nodesPerCell)))
            first += order.nodesPerCell
        }
        let stride = roundedToLanes(segments.reduce(0) { max($0, $1.first + $1.rowLength) })
        let components = segments.count
        count = first
        rowStride = stride
        self.components = components
        self.coordinates = coordinates
        self.maximumPoints = maximumPoints
        self.segments = segments
        inputStride = roundedToLanes(3 * components)
        bases = orders.map { zeros(3 * maximumPoints * roundedToLanes($0.nodesPerCell)) }
        unknowns = zeros(stride)
        previous = zeros(stride)
        residual = zeros(stride)
        tangent = zeros(first * stride)
        products = zeros(3 * maximumPoints * stride)
        // A store of eight derivatives may run past the end of its row, into entries that are written later or not read.
        derivatives = zeros(maximumPoints * 3 * components * inputStride + 8)
        tests = zeros(3 * maximumPoints * segments.reduce(0) { max($0, $1.rowLength) })
        points = .allocate(capacity: maximumPoints)
        jets = .allocate(capacity: maximumPoints * components)
        previousJets = .allocate(capacity: maximumPoints * components)
        for storage in [jets, previousJets] { storage.initialize(repeating: .zero, count: maximumPoints * components) }
        earlierJets = jets
        densities = .allocate(capacity: maximumPoints * components)
        duals = .allocate(
            byteCount: 2 * components * MemoryLayout<Jet<Dual<SIMD8<Double>>>>.stride,
            alignment: MemoryLayout<Jet<Dual<SIMD8<Double>>>>.alignment)
        quartet = .allocate(capacity: maximumPoints)
        quartet.initialize(repeating: CellQuartetPoint(), count: maximumPoints)
    }

    deinit {
        for storage in bases { storage.deallocate() }
        for storage in [unknowns, previous, residual, tangent, products, tests, derivatives] { storage.deallocate() }
        points.deallocate()
        for storage in [jets, previousJets, densities] { storage.deallocate() }
        duals.deallocate()
        quartet.deallocate()
    }
}

/// A length rounded up to whole SIMD4 lanes.
func roundedToLanes(_ length: Int) -> Int { (length + 3) / 4 * 4 }

/// Room for `count` numbers, all zero, aligned for SIMD.
private func zeros(_ count: Int) -> UnsafeMutablePointer<Double> {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Double>.stride, alignment: 64)
    let storage = raw.bindMemory(to: Double.self, capacity: count)
    storage.initialize(repeating: 0, count: count)
    return storage
}
