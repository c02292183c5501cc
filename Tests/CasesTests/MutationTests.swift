import Cases
import Foundation
import TestSupport
import Testing

@Suite("Whatever the bytes, a case or its problems", .timeLimit(.minutes(1)))
struct MutationTests {
    @Test("20 000 mutations of the shipped cases", arguments: 0..<4)
    func mutations(stream: UInt64) throws {
        let originals = try ShippedCase.paths.map { Array(try Data(contentsOf: URL(filePath: $0))) }
        try #require(originals.count >= 3)
        var random = SplitMix(state: 20_241_121 + stream)
        for _ in 0..<5_000 {
            var bytes = originals[Int.random(in: 0..<originals.count, using: &random)]
            for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&bytes, using: &random) }
            do {
                let mutant = try Case(bytes: bytes, path: "case.yaml")
                #expect(!mutant.resolved.isEmpty)
            } catch let errors {
                expectPlaces(of: errors, in: bytes)
            }
        }
    }

    private func mutate(_ bytes: inout [UInt8], using random: inout SplitMix) {
        guard bytes.count > 1 else { return }
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = Int.random(in: place...min(bytes.count, place + 20), using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: bytes[place] = UInt8.random(in: 0x20..<0x7F, using: &random)
        case 2: bytes[place] = Array("&*[]{}:,#|>-?\"'!%@~\n\t\u{85}".utf8).randomElement(using: &random) ?? 0
        case 3: bytes.removeSubrange(place...)
        case 4: bytes.removeSubrange(place..<end)
        case 5: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0..<bytes.count, using: &random))
        case 6: edit(lines: &bytes) { $0.swapAt($0.indices.randomElement(using: &random)!, $0.count / 2) }
        default:
            edit(lines: &bytes) {
                let line = $0.randomElement(using: &random)!
                $0.insert(line, at: $0.indices.randomElement(using: &random)!)
            }
        }
    }

    private func edit(lines bytes: inout [UInt8], _ change: (inout [ArraySlice<UInt8>]) -> Void) {
        var lines = Array(bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false))
        change(&lines)
        bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// Expects one problem or more, each within the text or just behind it.
    private func expectPlaces(of errors: CaseErrors, in bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        #expect(!errors.problems.isEmpty)
        for problem in errors.problems {
            guard case .file("case.yaml", let line, let column) = problem.location, lines.indices.contains(line - 1),
                1...lines[line - 1].unicodeScalars.count + 1 ~= column, !problem.message.isEmpty
            else {
                Issue.record("\(problem) is not a place in:\n\(text)")
                continue
            }
        }
    }
}
