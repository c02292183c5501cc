import Foundation
import Quantities
import Studies
import TestSupport
import Testing

@Suite("Many points")
struct StorageScaleTests {
    /// Twenty numbers a row, in an order that jumps about, in two shares; each in a process of its own, whose memory
    /// counts.
    @Test("Rows are written and collected without holding them all", arguments: [false, true])
    func memory(shuffled: Bool) async throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path()
        await #expect(processExitsWith: .success) { [path = path as String, shuffled = shuffled as Bool] in
            let study = LargeStudy(count: 200_000)
            let directory = try StudyDirectory(named: path, for: study.outline)
            let before = peakMemory()
            let append = try cpuTime { try study.write(to: directory, shuffled: shuffled) }
            let reopen = try cpuTime {
                let share = try directory.share(1, of: 2, session: SampleStudy.session)
                #expect(share.done.count == study.count / 2)
            }
            let collect = try cpuTime {
                let finished = try directory.collect(csv: true, commandLine: []).finished
                #expect(finished == study.count)
            }
            let memory = peakMemory() - before
            #expect(memory < 200e6)
            func each(_ time: Double) -> Double { 1e6 * time / Double(study.count) }
            #expect(each(append) < 10)
            #expect(each(reopen) < 10)
            #expect(each(collect) < 50)
        }
    }
}

/// A study of a line with twenty results.
private struct LargeStudy: Sendable {
    let count: Int

    var outline: StudyOutline {
        let kept = (0..<20).map { QuantityDescription("result_\($0)", units: "1", "result \($0)") }
        return StudyOutline(
            title: "", model: "transport", design: "grid", isGrid: true,
            axes: [SampleStudy.thickness(count / 100), SampleStudy.current(100)],
            columns: StudyColumns(kept: kept, withErrors: false), inputs: [])
    }

    /// Appends the rows of all points in blocks of 64, to two shares.
    func write(to directory: StudyDirectory, shuffled: Bool) throws {
        var random = SplitMix(state: 7)
        for task in 0..<2 {
            let share = try directory.share(task, of: 2, session: SampleStudy.session)
            var points = Array(stride(from: task, to: count, by: 2))
            if shuffled { points.shuffle(using: &random) }
            for first in stride(from: 0, to: points.count, by: 64) {
                try share.append(points[first..<min(first + 64, points.count)].map { row($0) })
            }
            try share.close()
        }
    }

    private func row(_ point: Int) -> StudyRow {
        StudyRow(
            point: point, status: .finished, values: (0..<20).map { Double(point) / Double($0 + 3) }, errors: [],
            steps: 100, cpuTime: 1e-3, end: "concentration_surface")
    }
}

/// The CPU time that something takes, s.
private func cpuTime(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
    let start = now()
    try body()
    return now() - start
}

/// The most memory that this process held, bytes.
private func peakMemory() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return 1024 * Double(usage.ru_maxrss)
}
