import Cases
import Foundation
import TestSupport
import Testing

/// The files of a run are found damaged by their digests, whatever the damage.
@Suite("Damages to the files of a run")
struct RunFilesTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "mesolith-\(UUID().uuidString)").path

    /// Runs a case to its end, or until so many steps; what is left is the state that a signal leaves.
    private func run(steps: Int = .max) throws {
        let runCase = try SampleCase.read(set: "mesh.cells=8")
        let run = try CaseRun(
            runCase, in: RunDirectory(named: directory, earlierRun: .isResumed), commandLine: ["mesolith", "run"],
            pace: RunPace(interval: .zero)
        ) { $0.steps < steps }
        #expect(run.report.finished == (steps == .max))
    }

    private func damaged(_ whole: Data, _ random: inout SplitMix) -> Data {
        let place = Int(random.next() % UInt64(whole.count))
        if random.next() % 4 == 0 { return whole.prefix(place) }
        var bytes = whole
        bytes[place] ^= UInt8(1 + random.next() % 255)
        return bytes
    }

    @Test("Each of a thousand damages to a finished or a stopped run is found", arguments: [Int.max, 40])
    func damages(steps: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try run(steps: steps)
        #expect(try RunVerification(of: directory).isWhole)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0 != "log.txt" }.sorted()
        #expect(names.count == (steps == .max ? 5 : 8), "\(names)")
        var random = SplitMix(state: 5)
        for index in 0..<1000 {
            let url = URL(filePath: "\(directory)/\(names[index % names.count])")
            let whole = try Data(contentsOf: url)
            try damaged(whole, &random).write(to: url)
            let found = try RunVerification(of: directory)
            #expect(!found.isWhole, "\(url.lastPathComponent)")
            try whole.write(to: url)
        }
        #expect(try RunVerification(of: directory).isWhole)
        if steps != .max { try run() }
    }
}
