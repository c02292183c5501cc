import LinearAlgebra

/// Where a weak form is integrated.
public enum Region: Sendable, Hashable {
    /// Over all cells.
    case cells
    /// Over edges of cells, see ``QuadrilateralMesh/edges(ofBoundary:)``.
    case edges([CellEdge])
}

/// Adds weak forms up to the residual and the tangent matrix of a system of fields.
///
/// 1. number the unknowns: ``DegreesOfFreedom``
/// 2. find the pattern of the matrix, once: ``TangentBlock``
/// 3. clear the residual and the matrix, then add each form on its region
/// 4. fix the given unknowns: `FixedUnknowns`
///
/// The result has the same bits for any number of threads. With one thread, adding allocates nothing. An assembler is used
/// by one caller at a time.
public final class Assembler {
    /// The unknowns.
    public let system: DegreesOfFreedom
    /// What the coordinates of the mesh are.
    public let coordinates: Coordinates
    /// Number of threads.
    public let threads: Int
    @usableFromInline let cellReference: ReferenceElement
    @usableFromInline let sideReferences: [ReferenceElement]
    @usableFromInline let workspaces: [ElementWorkspace]
    @usableFromInline let strips: CellStrips

    /// Makes the storage of the elements.
    ///
    /// - Parameters:
    ///   - system: the unknowns.
    ///   - coordinates: what the coordinates of the mesh are.
    ///   - cellPoints: points of the cell rule in each direction, 2, 3 or 4.
    ///   - edgePoints: points of the edge rule, 2, 3 or 4.
    ///   - threads: number of threads.
    /// - Precondition: a mesh around an axis is not periodic.
    /// - Throws: ``MeshError/negativeRadius(place:)``.
    public init(
        _ system: DegreesOfFreedom, coordinates: Coordinates = .cartesian, cellPoints: Int = 3, edgePoints: Int = 3,
        threads: Int = 1
    ) throws(MeshError) {
        precondition(threads >= 1)
        precondition(coordinates == .cartesian || !system.mesh.isPeriodic, "a mesh around an axis is not periodic")
        if coordinates == .axisymmetric, let place = system.mesh.vertices.first(where: { $0.x < 0 }) {
            throw .negativeRadius(place: place)
        }
        self.system = system
        self.coordinates = coordinates
        self.threads = threads
        let orders = system.distinctOrders
        cellReference = ReferenceElement(rule: ReferenceRule(cell: cellPoints), orders: orders)
        sideReferences = Side.allCases.map { side in
            ReferenceElement(rule: ReferenceRule(side: side, count: edgePoints), orders: orders)
        }
        workspaces = (0..<threads).map { _ in
            ElementWorkspace(
                unknowns: system, coordinates: coordinates, maximumPoints: max(cellPoints * cellPoints, edgePoints))
        }
        strips = CellStrips(mesh: system.mesh)
    }

    /// A zero vector of the unknowns.
    public func makeVector() -> [Double] { [Double](repeating: 0, count: system.count) }

    /// Adds the residual of a form and a block of its tangent.
    ///
    /// - Parameters:
    ///   - form: the terms.
    ///   - region: where they are integrated.
    ///   - unknowns: the state.
    ///   - previous: the earlier state; nil where it is the same.
    ///   - residual: receives the residual of the equations of the form.
    ///   - tangent: receives the derivatives of the residual with respect to the unknowns, those in the block; made by
    ///     ``TangentBlock/makeMatrix()``.
    ///   - block: the block.
    @inlinable
    public func add<Form: WeakForm>(
        _ form: Form, over region: Region = .cells, unknowns: [Double], previous: [Double]? = nil,
        residual: inout [Double], tangent: inout SparseMatrix, block: TangentBlock
    ) {
        check(form.coordinates, unknowns.count, (previous ?? unknowns).count, residual.count)
        precondition(tangent.values.count == block.pattern.count, "the matrix has another pattern")
        let first = block.locals.lowerBound
        let inputs = form.inputs ?? 0..<system.components
        let equations = form.equations ?? 0..<system.components
        residual.withUnsafeMutableBufferPointer { vector in
            tangent.values.withUnsafeMutableBufferPointer { values in
                let (vector, values) = (vector.baseAddress!, values.baseAddress!)
                forEachElement(of: region, inputs, unknowns: unknowns, previous: previous) { element, cell in
                    element.evaluateTangent(of: form, block: block.components)
                    addResidual(of: element, equations, cell: cell, to: vector)
                    block.scatter.add(
                        element.tangent + first * (element.rowStride + 1), rowStride: element.rowStride, block: cell,
                        to: values)
                }
            }
        }
    }

    /// Adds the residual of a form.
    ///
    /// Parameters as in ``add(_:over:unknowns:previous:residual:tangent:block:)``.
    @inlinable
    public func add<Form: WeakForm>(
        _ form: Form, over region: Region = .cells, unknowns: [Double], previous: [Double]? = nil,
        residual: inout [Double]
    ) {
        check(form.coordinates, unknowns.count, (previous ?? unknowns).count, residual.count)
        let inputs = form.inputs ?? 0..<system.components
        let equations = form.equations ?? 0..<system.components
        residual.withUnsafeMutableBufferPointer { vector in
            let vector = vector.baseAddress!
            forEachElement(of: region, inputs, unknowns: unknowns, previous: previous) { element, cell in
                element.evaluateResidual(of: form)
                addResidual(of: element, equations, cell: cell, to: vector)
            }
        }
    }

    /// Calls `body` with the fields at every quadrature point of a region, cell by cell and on one thread.
    @inlinable
    public func forEachPoint(
        of region: Region = .cells, unknowns: [Double], _ body: (Span<Jet<Double>>, QuadraturePoint) -> Void
    ) {
        check(nil, unknowns.count, unknowns.count, unknowns.count)
        let inputs = 0..<system.components
        switch region {
        case .cells:
            for cell in 0..<system.mesh.cells {
                prepare(workspaces[0], cell, cellReference, inputs, unknowns, nil)
                workspaces[0].forEachPoint(body)
            }
        case .edges(let edges):
            for edge in edges {
                prepare(workspaces[0], edge.cell, sideReferences[edge.side.rawValue], inputs, unknowns, nil)
                workspaces[0].forEachPoint(body)
            }
        }
    }

    /// Visits the elements of a region, their geometry and fields computed.
    @usableFromInline
    func forEachElement(
        of region: Region, _ inputs: Range<Int>, unknowns: [Double], previous: [Double]?,
        _ body: (ElementWorkspace, Int) -> Void
    ) {
        switch region {
        case .cells:
            // Each thread has a workspace of its own, and strips that run at the same time share no unknown.
            nonisolated(unsafe) let (assembler, body) = (self, body)
            strips.forEach(threads: threads) { cells, thread in
                let element = assembler.workspaces[thread]
                for cell in cells {
                    assembler.prepare(element, cell, assembler.cellReference, inputs, unknowns, previous)
                    body(element, cell)
                }
            }
        case .edges(let edges):
            for edge in edges {
                prepare(
                    workspaces[0], edge.cell, sideReferences[edge.side.rawValue], inputs, unknowns, previous)
                body(workspaces[0], edge.cell)
            }
        }
    }

    @usableFromInline
    func prepare(
        _ element: ElementWorkspace, _ cell: Int, _ reference: ReferenceElement, _ inputs: Range<Int>,
        _ unknowns: [Double], _ previous: [Double]?
    ) {
        element.place(system.mesh.corners(ofCell: cell), cell: cell, reference: reference)
        if let previous {
            element.load(inputs, unknowns: unknowns.span, previous: previous.span, of: system, cell: cell)
        } else {
            element.load(inputs, unknowns: unknowns.span, previous: nil, of: system, cell: cell)
        }
    }

    @usableFromInline
    func check(_ required: Coordinates?, _ unknowns: Int, _ previous: Int, _ residual: Int) {
        precondition(
            unknowns == system.count && previous == system.count && residual == system.count,
            "vectors of \(system.count) unknowns were expected")
        precondition(
            required == nil || required == coordinates,
            "the form is written for other coordinates than \(coordinates)")
    }

    @usableFromInline
    func addResidual(
        of element: ElementWorkspace, _ equations: Range<Int>, cell: Int, to vector: UnsafeMutablePointer<Double>
    ) {
        let first = cell * element.count
        for local in system.localStarts[equations.lowerBound]..<system.localStarts[equations.upperBound] {
            vector[Int(system.cellUnknowns[first + local])] += element.residual[local]
        }
    }
}
