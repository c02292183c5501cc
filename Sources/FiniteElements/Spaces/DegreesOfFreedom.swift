/// The unknowns of a system of fields on a mesh, under one numbering.
///
/// A component is a scalar field or one direction of a vector field; components are counted through the fields in order.
/// Numbers run field after field, so that each field is one range of the vector of unknowns; within a field along its lattice
/// row by row, the components of a node together. In a cell the unknowns are ordered by component, and by node within a
/// component.
public struct DegreesOfFreedom: Sendable {
    /// The mesh.
    public let mesh: QuadrilateralMesh
    /// The fields, in the order of their components.
    public let fields: [Field]
    /// Number of unknowns.
    public let count: Int
    /// The degree of each component.
    public let orders: [LagrangeOrder]
    /// Unknowns of the cells, cell after cell, `countPerCell` each.
    public let cellUnknowns: [Int32]
    /// Number of unknowns of a cell.
    public let countPerCell: Int
    /// Where each component begins among the unknowns of a cell; one more than there are components.
    public let localStarts: [Int]
    /// The unknown at each node of the component's space, for each component.
    private let nodeUnknowns: [[Int32]]

    /// Numbers the unknowns of fields on a mesh.
    ///
    /// - Precondition: at least one field; no name twice.
    public init(mesh: QuadrilateralMesh, fields: [Field]) {
        precondition(!fields.isEmpty && Set(fields.map(\.name)).count == fields.count)
        let orders = fields.flatMap { field in [LagrangeOrder](repeating: field.order, count: field.components) }
        let spaces = orders.map { LagrangeSpace(mesh: mesh, order: $0) }
        var nodeUnknowns = spaces.map { [Int32](repeating: -1, count: $0.count) }
        var next: Int32 = 0
        var first = 0
        for field in fields {
            for node in 0..<spaces[first].count {
                for component in first..<first + field.components {
                    nodeUnknowns[component][node] = next
                    next += 1
                }
            }
            first += field.components
        }
        var cellUnknowns: [Int32] = []
        cellUnknowns.reserveCapacity(mesh.cells * orders.reduce(0) { $0 + $1.nodesPerCell })
        for cell in 0..<mesh.cells {
            for (component, space) in spaces.enumerated() {
                for node in space.nodes(ofCell: cell) { cellUnknowns.append(nodeUnknowns[component][node]) }
            }
        }
        self.mesh = mesh
        self.fields = fields
        self.orders = orders
        self.nodeUnknowns = nodeUnknowns
        self.cellUnknowns = cellUnknowns
        count = Int(next)
        localStarts = orders.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.nodesPerCell) }
        countPerCell = localStarts[orders.count]
    }

    /// Number of components of all fields.
    public var components: Int { orders.count }

    /// The degrees in use, each once.
    public var distinctOrders: [LagrangeOrder] {
        [LagrangeOrder.linear, .quadratic].filter { orders.contains($0) }
    }

    /// The components of a field.
    ///
    /// - Precondition: the system has a field of that name.
    public func components(of name: String) -> Range<Int> {
        guard let place = fields.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("no field is named \"\(name)\": there are \(fields.map(\.name))")
        }
        let first = fields[..<place].reduce(0) { $0 + $1.components }
        return first..<first + fields[place].components
    }

    /// The first component of a field.
    ///
    /// - Precondition: the system has a field of that name.
    public func component(of name: String) -> Int { components(of: name).lowerBound }

    /// Where the unknowns of some whole fields stand in the vector of unknowns.
    ///
    /// - Precondition: the components are those of one field, or of several that follow each other.
    public func unknowns(ofComponents components: Range<Int>) -> Range<Int> {
        let (first, last) = (nodeUnknowns[components.lowerBound], nodeUnknowns[components.upperBound - 1])
        return Int(first[0])..<Int(last[last.count - 1]) + 1
    }

    /// The space of a component.
    public func space(ofComponent component: Int) -> LagrangeSpace {
        LagrangeSpace(mesh: mesh, order: orders[component])
    }

    /// The unknown of a component at each node of its space, by number of the node.
    public func unknowns(ofComponent component: Int) -> [Int32] { nodeUnknowns[component] }

    /// The unknowns of a component at the nodes of a boundary.
    ///
    /// - Throws: ``MeshError/unknownBoundary(name:known:)``.
    public func unknowns(ofComponent component: Int, onBoundary name: String) throws(MeshError) -> [Int32] {
        try space(ofComponent: component).nodes(onBoundary: name).map { nodeUnknowns[component][$0] }
    }

    /// Sets a component of a vector of unknowns to the values of a function of position (m) at its nodes.
    public func interpolate(
        component: Int, into vector: inout [Double], _ function: (SIMD2<Double>) -> Double
    ) {
        precondition(vector.count == count)
        for (unknown, position) in zip(nodeUnknowns[component], space(ofComponent: component).positions) {
            vector[Int(unknown)] = function(position)
        }
    }
}
