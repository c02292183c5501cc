import Cases
import Foundation
import Testing

@Suite("A case says what memory it needs, and is refused where there is less")
struct MemoryTests {
    private static func plane(_ columns: Int, _ cells: Int) throws -> Case {
        try SampleCase.read(
            set: "layer.shape=strip", "layer.width=10 um", "mesh.columns=\(columns)", "mesh.cells=\(cells)")
    }

    @Test("The need of a line grows with its cells and that of a lattice with its nodes")
    func growth() throws {
        let few = try SampleCase.read(set: "mesh.cells=1000").model.memory
        let many = try SampleCase.read(set: "mesh.cells=1000000").model.memory
        #expect(many - few == 650 * 999_000)
        let coarse = try Self.plane(99, 99).model.memory
        let fine = try Self.plane(999, 999).model.memory
        #expect(fine - coarse == 1250 * (1_000_000 - 10_000))
    }

    @Test("More than there is: both numbers, what sets the limit and what to do, at the key")
    func refusal() throws {
        let large = try Self.plane(2000, 2000)
        try large.requireMemory(of: MachineMemory(bytes: large.model.memory, source: "the machine"))
        let found = try problems {
            try large.requireMemory(of: MachineMemory(bytes: 4 << 30, source: "its control group"))
        }
        #expect(found.count == 1)
        #expect(
            found[0].hasSuffix(
                "the run needs about 4.7 GiB of memory and may use 4.0 GiB, which its control group sets; "
                    + "make `mesh.cells` or `mesh.grading` smaller"))
        #expect(found[0].hasPrefix("--set mesh.cells=2000: "))
        let small = try problems {
            try SampleCase.read().requireMemory(of: MachineMemory(bytes: 8 << 20, source: "the machine"))
        }
        #expect(small[0].contains(" needs about 46 MiB of memory and may use 8 MiB, which the machine sets; "))
    }

    @Test("This machine has memory")
    func machine() {
        let available = MachineMemory.available
        #expect(available.bytes > 1 << 28 && !available.source.isEmpty)
        #expect(available.bytes <= Int(ProcessInfo.processInfo.physicalMemory))
    }
}
