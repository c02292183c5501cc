import Cases
internal import Glibc

/// The right of one process to work on a share of a study. It ends with the process, however that ends.
final class ShareLock: Sendable {
    private let file: SystemFile

    /// Takes the lock.
    ///
    /// - Throws: `StudyProblem` that names the process that has it.
    init(_ path: String) throws(StudyProblem) {
        file = try SystemFile(path, .updating)
        guard try file.tryLock() else {
            let words = String(decoding: (try? SystemFile.contents(of: path)) ?? [], as: UTF8.self)
            let holder = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? "another process"
            throw StudyProblem(
                "\(path): \(holder) works on this share of the study; wait until it ends, or end it and try again")
        }
        try file.truncate(to: 0)
        try file.write(Array("process \(getpid()) on host \(Machine.host)\n".utf8), at: 0)
    }

    deinit { file.unlock() }
}
