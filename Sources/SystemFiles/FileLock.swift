import Glibc

/// The right of one process to write where others must not. It ends with the process, however that ends.
package final class FileLock: Sendable {
    private let file: SystemFile

    /// Takes the lock, or tells who has it.
    package enum Outcome {
        /// The lock is this process's until it is released.
        case taken(FileLock)
        /// Another process has it, in its own words: `process 71 on host n12`.
        case held(by: String)
    }

    private init(_ file: SystemFile) { self.file = file }

    /// Tries to lock a file, which is made where there is none and holds the name of the process afterwards.
    ///
    /// - Parameter host: name of this machine.
    package static func take(_ path: String, host: String) throws(SystemFileError) -> Outcome {
        while true {
            let file = try SystemFile(path, .updating)
            guard try tryLock(file) else {
                let words = String(decoding: (try? SystemFile.contents(of: path)) ?? [], as: UTF8.self)
                return .held(by: words.split(whereSeparator: \.isNewline).first.map(String.init) ?? "another process")
            }
            // The one who had it may have taken its file away after this one was opened.
            guard file.isStillNamed else { continue }
            try file.truncate(to: 0)
            try file.write(Array("process \(getpid()) on host \(host)\n".utf8), at: 0)
            return .taken(FileLock(file))
        }
    }

    /// Tries for a moment: somebody may just be looking whether the lock is held.
    private static func tryLock(_ file: SystemFile) throws(SystemFileError) -> Bool {
        for _ in 0..<4 {
            if try file.tryLock() { return true }
            usleep(50_000)
        }
        return false
    }

    /// The process that holds a lock, in its own words; nil when none does or there is no such file. Takes nothing and writes nothing.
    package static func holder(of path: String) -> String? {
        guard let file = try? SystemFile(path, .reading), let isFree = try? file.tryLock() else { return nil }
        if isFree {
            file.unlock()
            return nil
        }
        let words = String(decoding: (try? SystemFile.contents(of: path)) ?? [], as: UTF8.self)
        return words.split(whereSeparator: \.isNewline).first.map(String.init) ?? "another process"
    }

    /// Whether the lock is still where it was taken: its directory was not moved, and nobody has replaced it.
    package var isStillNamed: Bool { file.isStillNamed }

    /// Takes the file away: nobody is to find it any more. The lock stays until the last reference to it goes.
    package func removeFile() { if isStillNamed { unlink(file.path) } }

    deinit { file.unlock() }
}
