import Foundation
import LinearAlgebra
import SparseSolvers
import TestSupport
import Testing

@Suite(.serialized) struct SparseFactorProcessTests {
    /// The digest of a solution on a grid with an analysis of its own.
    private static func digest(_ ordering: SparseFactor.Ordering, _ symmetry: SparseFactor.Symmetry) throws -> UInt64 {
        let matrix = SparseProblems.grid(70, reaction: 0.1, wind: symmetry == .general ? 0.7 : 0)
        var factor = try SparseFactor(pattern: matrix.pattern, symmetry: symmetry, ordering: ordering)
        try factor.factor(matrix.values)
        var solution = SparseProblems.vector(matrix.pattern.size, seed: 12)
        try factor.solve(&solution)
        return SparseProblems.digest(solution)
    }

    /// The digests of all orderings and symmetries.
    private static func digests() throws -> [UInt64] {
        let reversed = SparseFactor.Ordering.permutation((0..<4900).reversed().map { Int32($0) })
        var digests: [UInt64] = []
        for ordering in [.amd, .amf, .pord, reversed] {
            for symmetry in [SparseFactor.Symmetry.general, .symmetricIndefinite, .positiveDefinite] {
                digests.append(try digest(ordering, symmetry))
            }
        }
        return digests
    }

    @Test("Two analyses in one process give the same bytes, other orderings give others")
    func oneProcess() throws {
        let first = try Self.digests()
        let second = try Self.digests()
        #expect(first == second)
        #expect(Set(first).count > 4)
    }

    @Test("Two processes give the same bytes")
    func twoProcesses() async throws {
        let child = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            for digest in try SparseFactorProcessTests.digests() { print("digest \(digest)") }
        }
        let bytes = try #require(child?.standardOutputContent)
        let output = String(decoding: bytes, as: UTF8.self)
        let theirs = output.split(separator: "\n").compactMap { line in
            line.hasPrefix("digest ") ? UInt64(line.dropFirst("digest ".count)) : nil
        }
        let ours = try Self.digests()
        #expect(theirs == ours)
    }

    @Test("Factors in many threads give the bytes of one thread")
    func threads() async throws {
        let alone = try Self.digest(.pord, .general)
        let together = try await withThrowingTaskGroup(of: UInt64.self) { group in
            for _ in 0..<8 { group.addTask { try Self.digest(.pord, .general) } }
            return try await group.reduce(into: [UInt64]()) { $0.append($1) }
        }
        #expect(together == [UInt64](repeating: alone, count: 8))
    }

    @Test("Factors made and dropped two hundred times leave no memory behind")
    func leaks() async {
        await #expect(processExitsWith: .success) {
            func residentBytes() throws -> Int {
                let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .ascii).split(separator: " ")[1]
                return Int(pages)! * sysconf(Int32(_SC_PAGESIZE))
            }
            let matrix = SparseProblems.grid(60, reaction: 1)
            var vector = SparseProblems.vector(3600, seed: 1)
            func use(_ times: Int) throws -> Int {
                for _ in 0..<times {
                    var factor = try SparseFactor(pattern: matrix.pattern)
                    try factor.factor(matrix.values)
                    try factor.solve(&vector)
                }
                return try residentBytes()
            }
            // One factor takes more than 1 MB in MUMPS alone: 200 that leaked would take 200 MB.
            let before = try use(20)
            let after = try use(200)
            #expect(after - before < 4_000_000)
        }
    }

    @Test("The libraries that decide the bits are named")
    func libraries() {
        #expect(SparseFactor.libraries.hasPrefix("MUMPS 5."))
    }
}
