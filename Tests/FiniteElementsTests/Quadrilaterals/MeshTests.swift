import FiniteElements
import Foundation
import Testing

@Suite struct MeshTests {
    private func square(_ columns: Int, _ rows: Int, isPeriodic: Bool = false) throws(MeshError) -> QuadrilateralMesh {
        try QuadrilateralMesh(
            x: LineMesh(length: 3, cells: columns, grading: 1), y: LineMesh(length: 2, cells: rows, grading: 5),
            isPeriodic: isPeriodic)
    }

    @Test("The four sides have their names, their edges and their nodes")
    func boundaries() throws {
        let mesh = try square(3, 2)
        #expect(mesh.boundaryNames == ["bottom", "left", "right", "top"])
        let top = try mesh.edges(ofBoundary: "top")
        #expect(top == [3, 4, 5].map { CellEdge(cell: $0, side: .top) })
        let right = try mesh.edges(ofBoundary: "right")
        #expect(right == [2, 5].map { CellEdge(cell: $0, side: .right) })
        for order in [LagrangeOrder.linear, .quadratic] {
            let space = LagrangeSpace(mesh: mesh, order: order)
            let positions = space.positions
            let sides: [(String, (SIMD2<Double>) -> Bool)] = [
                ("bottom", { $0.y == 0 }), ("right", { $0.x == 3 }), ("top", { $0.y == 2 }), ("left", { $0.x == 0 }),
            ]
            for (name, isOn) in sides {
                let expected = positions.indices.filter { isOn(positions[$0]) }
                let found = try space.nodes(onBoundary: name)
                #expect(found == expected)
            }
        }
    }

    @Test("A part of a side can be named, once, and not nothing")
    func namedPart() throws {
        var mesh = try square(6, 2)
        try mesh.nameBoundary("contact", on: .top) { $0.x < 1 }
        let contact = try mesh.edges(ofBoundary: "contact")
        #expect(contact.map(\.cell) == [6, 7])
        #expect(throws: MeshError.repeatedBoundary(name: "contact")) {
            try mesh.nameBoundary("contact", on: .top) { _ in true }
        }
        #expect(throws: MeshError.emptyBoundary(name: "none", side: .top)) {
            try mesh.nameBoundary("none", on: .top) { _ in false }
        }
    }

    @Test("A boundary that the mesh lacks is refused with the names it has")
    func unknownBoundary() throws {
        let mesh = try square(2, 2, isPeriodic: true)
        let error = #expect(throws: MeshError.self) { try mesh.edges(ofBoundary: "left") }
        #expect(error == .unknownBoundary(name: "left", known: ["bottom", "top"]))
        #expect(error?.description == "the mesh has no boundary named \"left\"; it has bottom, top")
    }

    @Test("An inverted cell is refused with its number and its place")
    func invertedCell() throws {
        let line = LineMesh(length: 4, cells: 4, grading: 1)
        // The vertex (2, 1) is pushed over its right neighbour.
        let error = #expect(throws: MeshError.self) {
            try QuadrilateralMesh(x: line, y: line) { $0 == SIMD2(2, 1) ? SIMD2(3.5, 1) : $0 }
        }
        #expect(error == .invertedCell(column: 2, row: 0, place: SIMD2(3, 1), jacobian: -0.5))
        #expect(error?.description.contains("cell (2, 0) of the mesh is inverted at (3.0, 1.0) m") == true)
        #expect(throws: MeshError.self) { try QuadrilateralMesh(x: line, y: line) { SIMD2(-$0.x, $0.y) } }
        #expect(throws: MeshError.self) { try QuadrilateralMesh(x: line, y: line) { _ in SIMD2(.nan, 0) } }
    }

    @Test("A periodic mesh shares the unknowns of its sides and refuses sides that differ", arguments: [1, 2, 5])
    func periodic(columns: Int) throws {
        let mesh = try square(columns, 2, isPeriodic: true)
        let space = LagrangeSpace(mesh: mesh, order: .quadratic)
        #expect(space.count == 2 * columns * 5)
        for row in 0..<2 {
            let last = row * columns + columns - 1
            for place in 0...2 {
                let right = space.node(ofCell: last, column: 2, row: place)
                #expect(right == space.node(ofCell: row * columns, column: 0, row: place))
            }
        }
        let error = #expect(throws: MeshError.self) {
            let line = LineMesh(length: 1, cells: 2, grading: 1)
            return try QuadrilateralMesh(x: line, y: line, isPeriodic: true) { SIMD2($0.x + 0.1 * $0.x * $0.y, $0.y) }
        }
        guard case .notPeriodic(let row, let distance) = error else {
            Issue.record("found \(String(describing: error))")
            return
        }
        #expect(row == 1 && abs(distance - 0.05) < 1e-15)
    }

    @Test("The nodes of a cell lie at the lattice points of the cell", arguments: [LagrangeOrder.linear, .quadratic])
    func nodePositions(order: LagrangeOrder) throws {
        let space = LagrangeSpace(mesh: try bentSquare(3), order: order)
        let positions = space.positions
        for cell in 0..<9 {
            for (local, node) in space.nodes(ofCell: cell).enumerated() {
                let (row, column) = local.quotientAndRemainder(dividingBy: order.rawValue + 1)
                let place = SIMD2(Double(column), Double(row)) / Double(order.rawValue)
                let gap = space.mesh.corners(ofCell: cell).position(place) - positions[node]
                #expect(abs(gap.x) + abs(gap.y) < 1e-15)
            }
        }
    }

    @Test("Every unknown of a mixed system is numbered once and belongs to one node of one component")
    func numbering() throws {
        let system = DegreesOfFreedom(mesh: try square(3, 2), fields: coupledFields)
        let all = (0..<system.components).flatMap { system.unknowns(ofComponent: $0) }
        #expect(all.sorted() == (0..<Int32(system.count)).map { $0 })
        #expect(system.count == 2 * 7 * 5 + 2 * 4 * 3 && system.countPerCell == 26)
        #expect(system.component(of: "s") == 3)
        for cell in 0..<6 {
            var expected: [Int32] = []
            for component in 0..<system.components {
                let unknowns = system.unknowns(ofComponent: component)
                expected += system.space(ofComponent: component).nodes(ofCell: cell).map { unknowns[$0] }
            }
            #expect(Array(system.cellUnknowns[26 * cell..<26 * (cell + 1)]) == expected)
        }
    }
}
