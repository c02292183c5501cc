import Foundation

/// The directory of one run and the files in it. One run, one directory, never mixed.
public struct RunDirectory: Sendable {
    /// Path as the user sees it.
    public let path: String

    /// The case file, verbatim.
    public var casePath: String { path + "/case.yaml" }
    /// The case with every default.
    public var resolvedPath: String { path + "/resolved.yaml" }
    /// The results.
    public var resultsPath: String { path + "/results.h5" }
    /// What happened when.
    public var logPath: String { path + "/log.txt" }

    private static let names = ["case.yaml", "resolved.yaml", "results.h5", "log.txt"]

    /// A directory that could not be used, and why.
    public struct Problem: Error, Sendable, CustomStringConvertible {
        /// The sentence for the user.
        public let description: String
    }

    /// A new directory for a run of `caseName` below `parent`, numbered where the name is taken.
    ///
    /// - Throws: ``Problem`` when it cannot be made.
    public init(newFor caseName: String, below parent: String) throws(Problem) {
        try Self.create(parent)
        var number = 1
        while true {
            let candidate = "\(parent)/\(caseName)" + (number == 1 ? "" : "-\(number)")
            // Making the directory is what claims it: of two runs that start together one finds it taken.
            if mkdir(candidate, 0o777) == 0 {
                path = candidate
                return
            }
            guard errno == EEXIST, number < 100_000 else {
                throw Problem(description: "\(candidate): the directory cannot be made (\(Self.reason()))")
            }
            number += 1
        }
    }

    /// A directory that the user named.
    ///
    /// - Parameter overwrite: whether the files of an earlier run there may go.
    /// - Throws: ``Problem`` when it holds another run or other files, or cannot be made.
    public init(named path: String, overwrite: Bool) throws(Problem) {
        self.path = path
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            try Self.create(path)
            return
        }
        guard isDirectory.boolValue else {
            throw Problem(description: "\(path): this is a file; give a directory for the run's results")
        }
        guard let content = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw Problem(description: "\(path): the directory cannot be read; check its permissions")
        }
        if content.isEmpty { return }
        // A case.yaml alone may be the user's own.
        guard content.contains("results.h5") || content.contains("resolved.yaml") else {
            throw Problem(
                description: "\(path): the directory holds files that are not a run's; give an empty or a new directory"
            )
        }
        guard overwrite else {
            throw Problem(
                description: "\(path): the directory holds the results of another run; "
                    + "give another directory, or --overwrite to replace them")
        }
        for name in Self.names where content.contains(name) {
            do { try FileManager.default.removeItem(atPath: "\(path)/\(name)") } catch {
                throw Problem(description: "\(path)/\(name): the file of the earlier run cannot be removed")
            }
        }
    }

    /// Writes a small text file of the run.
    ///
    /// - Throws: ``Problem`` when it cannot be written.
    func write(_ text: String, to file: String) throws(Problem) {
        guard let stream = fopen(file, "w") else {
            throw Problem(description: "\(file): the file cannot be written (\(Self.reason()))")
        }
        let isWritten = fputs(text, stream) >= 0
        guard fclose(stream) == 0 && isWritten else {
            throw Problem(description: "\(file): the file cannot be written (\(Self.reason()))")
        }
    }

    /// Makes a directory and those above it, where they are not there.
    private static func create(_ path: String) throws(Problem) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part
            guard mkdir(made, 0o777) == 0 || errno == EEXIST else {
                throw Problem(description: "\(path): the directory cannot be made (\(reason()))")
            }
            made += "/"
        }
    }

    /// The system's words for the last error.
    private static func reason() -> String { String(cString: strerror(errno)) }
}
