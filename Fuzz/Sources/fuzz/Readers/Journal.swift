import FieldIO
import Foundation

/// Journals of runs: a block is taken apart into entries that account for every byte of it; a file is read up to its last whole block.
@Sendable func readJournal(_ bytes: [UInt8]) {
    var length = 0
    let isWhole = RunJournal.visitEntries(of: bytes) { entry in
        switch entry {
        case .row(_, let values): length += 32 + 8 * values.count
        case .frame(_, let points, let fields): length += 32 + 16 * points.count + 8 * fields.count
        }
    }
    require(!isWhole || length == bytes.count, "\(length) bytes are accounted for of \(bytes.count)")
    do {
        try Data(bytes).write(to: URL(fileURLWithPath: "results.journal"))
        guard let run = try RunJournal.nameOfRun("results.journal") else { return }
        let end = try RunJournal.read("results.journal", run: run, upTo: nil)
        require((end?.length ?? 0) <= bytes.count, "a journal that is longer than its file")
    } catch {
        fatalError("\(error)")
    }
}
