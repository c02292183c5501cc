import FieldIO
import Testing

@Suite("Several files at once")
struct ConcurrencyTests {
    @Test("Files written on different threads do not disturb each other")
    func parallelRuns() async throws {
        let scratch = try ScratchDirectory()
        let paths = (0..<4).map { scratch.path("run\($0).h5") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, path) in paths.enumerated() {
                group.addTask { try SampleRun(nodes: 20 + index, flushInterval: .zero).write(to: path, frames: 30) }
            }
            try await group.waitForAll()
        }
        for (index, path) in paths.enumerated() {
            try SampleRun(nodes: 20 + index).expect(path, frames: 30, rows: 30, status: .finished)
        }
    }

    @Test("The library tells its version")
    func version() { #expect(HDF5Library.version.hasPrefix("1.")) }
}
