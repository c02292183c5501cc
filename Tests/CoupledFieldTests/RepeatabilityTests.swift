import Foundation
import Models
import TestSupport
import Testing
import TimeIntegration

/// The same run again: in one process, in two, on two threads, and with every step taken twice.
@Suite(.serialized) struct RepeatabilityTests {
    private static let start = 0.05 * Layer.maximum

    private static func integrator(threads: Int, tolerance: Double = 1e-5) throws -> ESDIRKIntegrator<LayerSystem> {
        let mechanics = MechanicsParameters(
            solid: Layer.mixture(stressFree: start), electrolyte: .sliding, collector: Layer.frictional)
        var system = try Layer.system(
            Layer.body(.disk, columns: 6, rows: 9), mechanics, start: start, threads: threads)
        system.flux = Layer.influx
        var integrator = Layer.integrator(
            system, start: start,
            settings: IntegratorSettings(relativeTolerance: tolerance, maximumStep: 0.5, hasFixedSteps: true))
        try integrator.restart()
        return integrator
    }

    /// All fields after six seconds of plating.
    private static func fields(threads: Int) throws -> [UInt64] {
        var integrator = try integrator(threads: threads)
        while integrator.time < 6 { try integrator.step(limit: 6) }
        try integrator.system.equilibrate(integrator.state)
        return integrator.system.fields.map(\.bitPattern)
    }

    private static func digest(threads: Int) throws -> UInt64 {
        // FNV-1a
        try fields(threads: threads).reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1) &* 0x0000_0100_0000_01b3 }
    }

    @Test("Two analyses in one process and two threads give the same bytes")
    func oneProcess() throws {
        let first = try Self.fields(threads: 1)
        let second = try Self.fields(threads: 1)
        let parallel = try Self.fields(threads: 2)
        #expect(first == second)
        #expect(first == parallel)
    }

    @Test("Two processes give the same bytes")
    func twoProcesses() async throws {
        let child = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            print("digest \(try RepeatabilityTests.digest(threads: 2))")
        }
        let bytes = try #require(child?.standardOutputContent)
        let output = String(decoding: bytes, as: UTF8.self)
        let theirs = output.split(separator: "\n").compactMap { line in
            line.hasPrefix("digest ") ? UInt64(line.dropFirst("digest ".count)) : nil
        }
        let ours = try Self.digest(threads: 1)
        #expect(theirs == [ours])
    }

    @Test(
        "A step that is taken, taken shorter and taken again leaves every bit of the result, slip included",
        arguments: [1e-5, 1e-7])
    func retaken(tolerance: Double) throws {
        var plain = try Self.integrator(threads: 1, tolerance: tolerance)
        var again = try Self.integrator(threads: 1, tolerance: tolerance)
        while plain.time < 6 {
            try plain.step(limit: 6)
            try again.step(limit: 6)
            let end = again.time
            try again.retakeLastStep(endingAt: 0.5 * (again.previousTime + end))
            try again.retakeLastStep(endingAt: end)
            #expect(plain.state == again.state)
        }
        try plain.system.equilibrate(plain.state)
        try again.system.equilibrate(again.state)
        #expect(plain.system.fields == again.system.fields)
        let (one, other) = (plain.system.energies(), again.system.energies())
        #expect(one == other && (one.mechanical?.largestSlip ?? 0) > 1e-11)
    }
}
