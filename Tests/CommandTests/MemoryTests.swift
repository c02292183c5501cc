import Cases
import Foundation
import Testing

@Suite("The memory that a case says it needs is what its run takes", .serialized, .timeLimit(.minutes(2)))
struct MemoryTests {
    private static let film = """
        model: chemo-mechanics
        geometry: {shape: strip, thickness: 300 nm, width: 2.5 um}
        initial: {li_per_mg: 1}
        protocol:
          - {step: plate, current_density: 0.1 mA/cm^2, until: {time: 1 s}}

        """

    /// Runs a case for a step or two and returns the largest resident size of the process, bytes.
    private func peak(_ scratch: Scratch, _ overrides: [String]) throws -> Int {
        let arguments =
            ["mesolith", "run", scratch.path("case.yaml"), "-q", "-o", scratch.path("out-\(UUID().uuidString)")]
            + overrides.flatMap { ["--set", $0] }
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var process: pid_t = 0
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        try #require(posix_spawn(&process, Mesolith.path, &actions, nil, &pointers, environ) == 0)
        // The `ru_maxrss` of a child counts what this process had when it began.
        var (status, peak) = (Int32(0), 0)
        while waitpid(process, &status, WNOHANG) == 0 {
            peak = max(peak, residentPeak(of: process))
            usleep(2000)
        }
        // A run that ends for its number of steps failed; one that a signal ended did not come that far.
        try #require(status & 0x7F == 0)
        return peak
    }

    /// The largest resident size of a process so far, bytes.
    private func residentPeak(of process: pid_t) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) << 10
    }

    @Test(
        "Within a factor of two, the mesh by itself too",
        arguments: [
            (Cases.quick, ["mesh.cells=300000"]),
            (Cases.quick, ["layer.shape=strip", "layer.width=10 um", "mesh.cells=300", "mesh.columns=300"]),
            (Self.film, ["mesh.rows=40", "mesh.columns=100"]), (Self.film, ["mesh.rows=90", "mesh.columns=60"]),
        ])
    func peaks(text: String, size: [String]) throws {
        let scratch = try Scratch()
        try scratch.write(text, to: "case.yaml")
        let overrides = size + ["numerics.max_steps=2", "numerics.error_estimate=off", "output.frames=final"]
        let need = try Case(path: scratch.path("case.yaml"), overrides: overrides).model.memory
        let small = try Case(
            path: scratch.path("case.yaml"), overrides: overrides + ["mesh.\(text == Self.film ? "rows" : "cells")=2"])
        let taken = try peak(scratch, overrides)
        #expect(Double(taken) < 2 * Double(need) && Double(need) < 2 * Double(taken), "\(need) for \(taken) bytes")
        // What the program takes without a mesh is left out on both sides.
        let program = 48_000_000
        #expect(small.model.memory < need)
        let (ofMesh, takenByMesh) = (Double(need - program), Double(taken - program))
        #expect(takenByMesh < 2 * ofMesh && ofMesh < 2 * takenByMesh, "\(ofMesh) for \(takenByMesh) bytes of the mesh")
    }

    @Test("check and run refuse a case that needs more than `ulimit -v` leaves, and write nothing")
    func limited() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        for command in ["check", "run"] {
            let script =
                "ulimit -v 4000000; exec \"$0\" \(command) case.yaml --set layer.shape=strip --set 'layer.width=1 um' "
                + "--set mesh.cells=2000 --set mesh.columns=2000"
            let outcome = try scratch.start(["-c", script, Mesolith.path], program: "/bin/sh").outcome()
            #expect(outcome.code == 2)
            #expect(
                outcome.errors.contains(
                    "the run needs about 4.7 GiB of memory and may use 3.8 GiB, which a limit of the process (`ulimit`) sets; "
                        + "make `mesh.cells` or `mesh.grading` smaller"))
        }
        #expect(try scratch.contents() == ["case.yaml"])
    }
}
