import CLAPACK
import FiniteElements
import LinearAlgebra
import Testing

/// Solves A x = b by LAPACK's band solver.
func solveBand(_ matrix: SparseMatrix, _ right: [Double]) -> [Double] {
    let size = matrix.size
    var width = 0
    for row in 0..<size {
        for position in matrix.pattern.rowStarts[row]..<matrix.pattern.rowStarts[row + 1] {
            width = max(width, abs(Int(matrix.pattern.columns[position]) - row))
        }
    }
    let height = 3 * width + 1
    var band = [Double](repeating: 0, count: size * height)
    for row in 0..<size {
        for position in matrix.pattern.rowStarts[row]..<matrix.pattern.rowStarts[row + 1] {
            let column = Int(matrix.pattern.columns[position])
            band[column * height + 2 * width + row - column] = matrix.values[position]
        }
    }
    var (solution, pivots) = (right, [Int32](repeating: 0, count: size))
    let (count, half) = (Int32(size), Int32(width))
    let status = LAPACKE_dgbsv(
        LAPACK_COL_MAJOR, count, half, half, 1, &band, Int32(height), &pivots, &solution, count)
    #expect(status == 0)
    return solution
}

/// Newton's method for the sum of forms over the cells and, where given, over edges, with fixed unknowns.
func solve<Inner: WeakForm, Outer: WeakForm>(
    _ assembler: Assembler, _ form: Inner, _ boundary: Outer, on edges: [CellEdge], fixed: FixedUnknowns,
    from start: [Double], steps: Int = 8
) -> [Double] {
    var state = start
    let block = TangentBlock(of: assembler.system)
    var matrix = block.makeMatrix()
    for _ in 0..<steps {
        var residual = assembler.makeVector()
        matrix.clear()
        assembler.add(form, unknowns: state, residual: &residual, tangent: &matrix, block: block)
        assembler.add(
            boundary, over: .edges(edges), unknowns: state, residual: &residual, tangent: &matrix, block: block)
        fixed.eliminateIncrements(from: &matrix, residual: &residual)
        let step = solveBand(matrix, residual)
        for index in state.indices { state[index] -= step[index] }
        let largest = step.reduce(0) { max($0, abs($1)) }
        if largest < 1e-13 { break }
    }
    return state
}

/// The unknowns of components on all sides of a mesh that is not periodic.
func outerUnknowns(_ system: DegreesOfFreedom, components: Range<Int>) throws(MeshError) -> Set<Int32> {
    var unknowns: Set<Int32> = []
    for component in components {
        for name in ["bottom", "right", "top", "left"] {
            unknowns.formUnion(try system.unknowns(ofComponent: component, onBoundary: name))
        }
    }
    return unknowns
}

/// The root of the integral of the squared difference between a component and a function.
func l2Error(
    _ assembler: Assembler, _ state: [Double], component: Int, _ exact: (SIMD2<Double>) -> Double
) -> Double {
    var sum = 0.0
    assembler.forEachPoint(unknowns: state) { fields, point in
        let difference = fields[component].value - exact(point.position)
        sum += point.weight * difference * difference
    }
    return sum.squareRoot()
}
