import Cases
import Testing

@Suite("A wrong case of a cell gives one message for each mistake", .timeLimit(.minutes(1)))
struct WrongCellTests {
    @Test("Electrode, contact and cell", arguments: WrongCase.cells)
    func cells(wrong: WrongCase) throws { try expectProblems(of: wrong) }

    @Test("Steps", arguments: WrongCase.cellSteps)
    func steps(wrong: WrongCase) throws { try expectProblems(of: wrong) }

    private func expectProblems(of wrong: WrongCase) throws {
        let found = try problems {
            try Case(bytes: Array(wrong.text.utf8), path: "case.yaml", overrides: wrong.overrides)
        }
        #expect(found == wrong.problems)
        for message in found {
            #expect(!message.hasSuffix("."))
            #expect(!message.contains("\n"))
        }
    }
}
