import ArgumentParser
import Foundation
import Workloads

/// How time grows with the size of a problem: a line of JSON for each point of each curve, as it is measured.
struct Scaling: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time over unknowns, time steps, points of a study or threads: lines of JSON.",
        discussion: """
            Each line has the curve, its title, x, the CPU time in s (of what the title says), and for runs that
            others may disturb the time on the wall.
            """)

    @Argument(help: "What grows: unknowns, steps, points or threads.") var axis: Axis

    enum Axis: String, ExpressibleByArgument, CaseIterable {
        case unknowns, steps, points, threads
    }

    func run() throws {
        switch axis {
        case .unknowns: try overUnknowns()
        case .steps: try overSteps()
        case .points: try overPoints()
        case .threads: try overThreads()
        }
    }

    /// A curve of a figure.
    struct Curve {
        let name: String
        let title: String

        init(_ name: String, _ title: String) { (self.name, self.title) = (name, title) }

        /// Prints a point of it.
        func add(_ x: Int, _ cost: Cost, _ others: [String: Double] = [:]) throws {
            let words: [String: Any] = ["curve": name, "title": title]
            let numbers = others.merging(["x": Double(x), "seconds": cost.seconds, "wall": cost.wall]) { $1 }
            let line = try JSONSerialization.data(
                withJSONObject: words.merging(numbers.filter { $0.value.isFinite }) { $1 }, options: .sortedKeys)
            print(String(decoding: line, as: UTF8.self))
            // The reader of a pipe sees each point when it is there.
            fflush(nil)
        }
    }

    /// What a piece of work took.
    struct Cost {
        /// CPU time of all threads, s.
        let seconds: Double
        /// Time on the wall, s.
        let wall: Double

        /// That of one of `count` equal parts.
        static func / (cost: Cost, count: Int) -> Cost {
            Cost(seconds: cost.seconds / Double(count), wall: cost.wall / Double(count))
        }
    }

    /// Does some work until a tenth of a second has passed, at least once and at most a hundred times; the least cost and the last result.
    static func least<Result>(_ work: () throws -> Result) rethrows -> (result: Result, cost: Cost) {
        let begin = ContinuousClock.now
        var (result, cost) = try once(work)
        for _ in 1..<100 where ContinuousClock.now - begin < .milliseconds(100) {
            let (next, other) = try once(work)
            result = next
            cost = Cost(seconds: min(cost.seconds, other.seconds), wall: min(cost.wall, other.wall))
        }
        return (result, cost)
    }

    /// Does some work.
    static func once<Result>(_ work: () throws -> Result) rethrows -> (result: Result, cost: Cost) {
        let (began, start) = (ContinuousClock.now, ProcessUsage.processorTime)
        let result = try work()
        let seconds = ProcessUsage.processorTime - start
        return (result, Cost(seconds: seconds, wall: (ContinuousClock.now - began) / .seconds(1)))
    }
}
