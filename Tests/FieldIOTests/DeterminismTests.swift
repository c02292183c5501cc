import FieldIO
import Foundation
import Testing

@Suite("The same run gives the same bytes")
struct DeterminismTests {
    @Test("whenever it is flushed", arguments: [1, 2, 60])
    func flushesLeaveNoTrace(frames: Int) throws {
        let scratch = try ScratchDirectory()
        var run = SampleRun(nodes: 101)
        try run.write(to: scratch.path("rarely.h5"), frames: frames)
        try run.write(to: scratch.path("again.h5"), frames: frames)
        run.flushInterval = .zero
        try run.write(to: scratch.path("always.h5"), frames: frames)

        let rarely = try Data(contentsOf: URL(filePath: scratch.path("rarely.h5")))
        #expect(try Data(contentsOf: URL(filePath: scratch.path("again.h5"))) == rarely)
        #expect(try Data(contentsOf: URL(filePath: scratch.path("always.h5"))) == rarely)
    }
}
