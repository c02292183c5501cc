import Foundation

/// log.txt of a run: what happened when, a line each.
struct RunLog {
    private let handle: FileHandle?

    /// Opens the log, and goes on with one that is there.
    init(path: String) {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        handle = FileHandle(forWritingAtPath: path)
        _ = try? handle?.seekToEnd()
    }

    /// Adds a line. A log that cannot be written does not stop a run.
    func write(_ line: String) {
        try? handle?.write(contentsOf: Data("\(Machine.now()) \(line)\n".utf8))
    }
}
