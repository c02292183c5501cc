import Dispatch

/// The rows of cells of a mesh cut into strips, so that threads can add to one matrix and still give the same bits.
///
/// A strip shares unknowns only with the strips below and above it. All even strips are added first, in any order and by
/// any thread, then all odd ones: an unknown receives its sums strip by strip in an order that the cut alone decides. The
/// cut depends on the mesh, not on the number of threads.
@usableFromInline struct CellStrips: Sendable {
    /// The cells of the strips, from the bottom.
    let strips: [Range<Int>]

    /// At most 32 strips of whole rows.
    init(mesh: QuadrilateralMesh) {
        let thickness = (mesh.rows + 31) / 32
        strips = stride(from: 0, to: mesh.rows, by: thickness).map { row in
            row * mesh.columns..<min(row + thickness, mesh.rows) * mesh.columns
        }
    }

    /// Calls `body` with each strip, and with the number of the thread that does it.
    @usableFromInline func forEach(threads: Int, _ body: @Sendable (_ cells: Range<Int>, _ thread: Int) -> Void) {
        for first in 0...1 {
            @Sendable func share(_ thread: Int) {
                for strip in stride(from: first + 2 * thread, to: strips.count, by: 2 * threads) {
                    body(strips[strip], thread)
                }
            }
            if threads == 1 {
                share(0)
            } else {
                DispatchQueue.concurrentPerform(iterations: threads, execute: share)
            }
        }
    }
}
