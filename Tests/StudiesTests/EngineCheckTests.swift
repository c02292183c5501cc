import Cases
import Foundation
import Studies
import Testing

@Suite("What is known of a study before it is run")
struct EngineCheckTests {
    @Test("A check is kept for the study's next process")
    func kept() throws {
        let scratch = try EngineScratch()
        #expect(CheckedStudy(keptIn: scratch.directory.path) == nil)
        let checked = try #require(try CheckedStudy(scratch.study, jobs: 2, goesOn: { true }))
        try checked.keep(in: scratch.directory.path)
        let kept = try #require(CheckedStudy(keptIn: scratch.directory.path))
        #expect(kept.whyNotBatched == checked.whyNotBatched)
        #expect(try kept.engine(for: .general) == .general)
    }

    @Test("A point that is wrong is named; an interrupted check says nothing")
    func wrong() throws {
        let scratch = try EngineScratch()
        let path = scratch.url.appending(path: "study.yaml").path
        let text = try String(contentsOfFile: path, encoding: .utf8).replacing("to: 8 um", with: "to: -6 um")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let study = try Study(path: path)
        let errors = try #require(throws: CaseErrors.self) { _ = try CheckedStudy(study, jobs: 2, goesOn: { true }) }
        #expect(errors.problems.count == errors.problems.filter { $0.message.contains("point ") }.count)
        #expect(try CheckedStudy(scratch.study, jobs: 1, goesOn: { false }) == nil)
    }

    @Test("A model that is not solved in batches says so")
    func notBatched() throws {
        let cases = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "cases/wang2024-fig4-plate-one-way.yaml").path
        let scratch = try EngineScratch()
        let path = scratch.url.appending(path: "plate.yaml").path
        try "case: \(cases)\naxes:\n  - key: initial\n    values: [0 mmol/cm^3, 1 mmol/cm^3]\n"
            .write(toFile: path, atomically: true, encoding: .utf8)
        let checked = try #require(try CheckedStudy(Study(path: path), jobs: 1, goesOn: { true }))
        #expect(try checked.engine(for: .auto) == .general)
        #expect(
            throws: StudyProblem(
                "the batched engine cannot solve this study: the model `chemo-mechanics` is solved case by case; "
                    + "take `--engine general`")
        ) { try checked.engine(for: .batched) }
    }
}
