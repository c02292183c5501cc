import CAllocationCount
import Models

/// Counts what each time step of a run takes from the heap, from one step's end to the next within a protocol step: the first step of
/// each protocol step, which begins the integration anew, is left out.
final class StepCounter: RunObserver {
    private(set) var counts = AllocationCounts()
    private(set) var steps = 0
    private(set) var iterations = 0
    /// Where the program allocated in the steps that count.
    private(set) var culprits = Culprits()
    private var protocolStep = -1

    func begin(_ outline: RunOutline) {}
    func record(time: Double, row: [Double]) {}
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {}

    func progress(_ progress: RunProgress) -> RunDirective {
        let taken = AllocationCounts(allocation_counted())
        allocation_watch(false)
        if progress.protocolStep == protocolStep {
            counts += taken
            if taken.program > 0 { culprits.gather() }
            steps += 1
            iterations += progress.newtonIterations
        }
        protocolStep = progress.protocolStep
        allocation_watch(true)
        return .goOn
    }
}
