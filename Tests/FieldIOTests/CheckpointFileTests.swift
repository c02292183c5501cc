import Checkpoints
import FieldIO
import Foundation
import TestSupport
import Testing

@Suite("The file of a checkpoint")
struct CheckpointFileTests {
    private func state() -> SavedState {
        var state = SavedState()
        state.store([1.5, -0.0, .infinity, .leastNonzeroMagnitude], as: "integrator/state")
        state.store([Double](), as: "integrator/none")
        state.store(["a": 0.1, "b": .infinity], as: "protocol")
        return state
    }

    @Test("Every number and record comes back")
    func roundTrip() throws {
        let found = try CheckpointFile.state(in: try CheckpointFile.bytes(of: state()), path: "checkpoint.h5")
        #expect(found == state())
        #expect(try found.numbers("integrator/state")[1].sign == .minus)
        let record: [String: Double] = try found.record("protocol")
        #expect(record == ["a": 0.1, "b": .infinity])
    }

    @Test("The same state makes the same bytes, and HDF5 opens them as a file")
    func bytes() throws {
        let bytes = try CheckpointFile.bytes(of: state())
        #expect(bytes == (try CheckpointFile.bytes(of: state())))
        let scratch = try ScratchDirectory()
        try Data(bytes).write(to: URL(filePath: scratch.path()))
        let file = try HDF5File(reading: scratch.path())
        #expect(try file.readDoubles("/numbers/integrator.state")[0] == 1.5)
        #expect(try file.readText("/records/protocol").contains("0.1"))
    }

    @Test("A thousand damages are all found by the digest")
    func damages() throws {
        let whole = Data(try CheckpointFile.bytes(of: state()))
        var random = SplitMix(state: 3)
        for _ in 0..<1000 {
            let damaged = Array(whole.damaged(using: &random))
            let error = #expect(throws: FieldIOError.self) {
                _ = try CheckpointFile.state(in: damaged, path: "checkpoint-7.h5")
            }
            #expect(
                error?.description
                    == "cannot read checkpoint-7.h5: it is damaged or not a checkpoint of this version: its digest is wrong"
            )
        }
    }
}
