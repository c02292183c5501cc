import Cases
import Models
import Synchronization
import Testing

@Suite("Cells solved together")
struct CellBatchTests {
    private func cells() throws -> [FluxBalanceCase] {
        try ["0.5 mA/cm^2", "2 mA/cm^2", "3 mA/cm^2"].map {
            try SampleCell.model(
                SampleCell.text, "protocol.0.current_density=\($0)", "short.critical_current_density=4 mA/cm^2")
        }
    }

    @Test("Each has the result that it has alone, its coarser ones as well")
    func same() throws {
        let cells = try cells()
        #expect(cells.allSatisfy { $0.whyNotBatched == nil })
        for batch in [cells, cells.flatMap(\.coarser)] {
            let found = FluxBalanceCase.runBatch(batch) { true }
            for (cell, result) in zip(batch, found) {
                let alone = try cell.run(observer: Nobody())
                let together = try result.get()
                #expect(together.finished)
                #expect(together.steps == alone.steps)
                #expect(together.results.map(\.value) == alone.results.map(\.value))
                #expect(together.value(of: "contact_fraction") ?? 1 < 1)
            }
            #expect(found.count == batch.count)
        }
    }

    @Test("It ends between cells once it is called off")
    func interruption() throws {
        let asked = Mutex(0)
        let found = FluxBalanceCase.runBatch(try cells()) {
            asked.withLock { $0 += 1 }
            return asked.withLock { $0 } < 2
        }
        #expect(found.map { (try? $0.get()) != nil } == [true, false, false])
    }
}

/// Watches nothing.
private final class Nobody: RunObserver {
    func begin(_ outline: RunOutline) {}
    func record(time: Double, row: [Double]) {}
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {}
    func progress(_ progress: RunProgress) -> RunDirective { .goOn }
}
