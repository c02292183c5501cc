import FiniteElements
import Foundation
import LinearAlgebra
import TestSupport
import Testing

@Suite struct QuadratureTests {
    @Test("Gauss rules are exact to degree 2n - 1 and not beyond", arguments: [2, 3, 4])
    func exactness(count: Int) {
        let rule = GaussLegendre(count: count)
        func error(_ degree: Int) -> Double {
            let sum = zip(rule.points, rule.weights).reduce(0) { $0 + $1.1 * pow($1.0, Double(degree)) }
            return abs(sum - 1 / Double(degree + 1))
        }
        for degree in 0..<2 * count { #expect(error(degree) < 1e-15) }
        #expect(error(2 * count) > 1e-6)
    }

    @Test("Cell and side rules integrate products of powers", arguments: [2, 3, 4])
    func tensorRules(count: Int) {
        let top = Double(2 * count - 1)
        let cell = ReferenceRule(cell: count)
        let sum = zip(cell.points, cell.weights).reduce(0) { $0 + $1.1 * pow($1.0.x, top) * pow($1.0.y, top - 1) }
        #expect(abs(sum - 1 / ((top + 1) * top)) < 1e-15)
        for side in Side.allCases {
            let rule = ReferenceRule(side: side, count: count)
            // ∫ (ξ² + 2η) along the side
            let exact = [1.0 / 3, 2, 1.0 / 3 + 2, 1][side.rawValue]
            let found = zip(rule.points, rule.weights).reduce(0) { $0 + $1.1 * ($1.0.x * $1.0.x + 2 * $1.0.y) }
            #expect(abs(found - exact) < 1e-15)
        }
    }

    @Test("A basis adds up to one, its gradients to zero, and it reproduces its polynomials", arguments: [2, 3, 4])
    func basis(count: Int) {
        let rule = ReferenceRule(cell: count)
        for order in [LagrangeOrder.linear, .quadratic] {
            let table = BasisTable(order: order, rule: rule)
            for (point, place) in rule.points.enumerated() {
                let rows = (0..<3).map { entry in
                    Array(table.rows[(3 * point + entry) * table.rowLength..<(3 * point + entry + 1) * table.rowLength])
                }
                #expect(abs(rows[0].reduce(0, +) - 1) < 1e-15)
                #expect(abs(rows[1].reduce(0, +)) < 1e-14 && abs(rows[2].reduce(0, +)) < 1e-14)
                // ξ^p η^p at the nodes
                let degree = Double(order.rawValue)
                let nodal = (0..<order.nodesPerCell).map { node in
                    let (row, column) = node.quotientAndRemainder(dividingBy: order.rawValue + 1)
                    return pow(Double(column) / degree, degree) * pow(Double(row) / degree, degree)
                }
                let sums = rows.map { row in zip(row, nodal).reduce(0) { $0 + $1.0 * $1.1 } }
                let (xi, eta) = (pow(place.x, degree), pow(place.y, degree))
                #expect(abs(sums[0] - xi * eta) < 1e-15)
                #expect(abs(sums[1] - degree * pow(place.x, degree - 1) * eta) < 1e-14)
                #expect(abs(sums[2] - degree * pow(place.y, degree - 1) * xi) < 1e-14)
            }
        }
    }

    @Test("Area, volume, length and surface of a bent mesh and the closure of its normals")
    func measures() throws {
        let system = DegreesOfFreedom(mesh: try bentSquare(4, from: 1), fields: [.scalar("c", .linear)])
        let expected: [(Coordinates, Double, Double, Double)] = [
            (.cartesian, 1, 1, 1), (.axisymmetric, 3 * .pi, 4 * .pi, 3 * .pi),
        ]
        for (coordinates, volume, right, top) in expected {
            let assembler = try Assembler(system, coordinates: coordinates)
            let state = assembler.makeVector()
            func measure(_ region: Region) -> (Double, SIMD2<Double>) {
                var (sum, closure) = (0.0, SIMD2<Double>.zero)
                assembler.forEachPoint(of: region, unknowns: state) { _, point in
                    sum += point.weight
                    closure += point.weight * point.normal
                }
                return (sum, closure)
            }
            // The sides are straight, so that the sum of the cells is exact whatever the bend inside.
            let cells = measure(.cells)
            #expect(abs(cells.0 - volume) < 1e-13 && cells.1 == .zero)
            let edges = try ["bottom", "right", "top", "left"].map { try system.mesh.edges(ofBoundary: $0) }
            let (rightArea, rightNormal) = measure(.edges(edges[1]))
            let (topArea, topNormal) = measure(.edges(edges[2]))
            #expect(abs(rightArea - right) < 1e-13 && abs(rightNormal.x - right) < 1e-13)
            #expect(abs(topArea - top) < 1e-13 && abs(topNormal.y - top) < 1e-13)
            let closure = measure(.edges(edges.flatMap { $0 })).1
            // ∫ n dA = 0 in the plane; ∫ n_r dA = ∫ (1/r) dV = 2π about the axis
            #expect(abs(closure.x - (coordinates == .axisymmetric ? 2 * .pi : 0)) + abs(closure.y) < 1e-13)
        }
    }
}
