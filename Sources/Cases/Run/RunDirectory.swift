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
        var number = 1
        while true {
            let candidate = "\(parent)/\(caseName)" + (number == 1 ? "" : "-\(number)")
            try Self.create(parent, intermediates: true)
            // Making the directory is what claims it: of two runs that start together one finds it taken.
            if mkdir(candidate, 0o777) == 0 {
                path = candidate
                return
            }
            guard errno == EEXIST, number < 100_000 else {
                throw Problem(description: "\(candidate): the directory cannot be made (\(String(cString: strerror(errno))))")
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
            try Self.create(path, intermediates: true)
            return
        }
        guard isDirectory.boolValue else {
            throw Problem(description: "\(path): this is a file; give a directory for the run's results")
        }
        guard let content = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw Problem(description: "\(path): the directory cannot be read; check its permissions")
        }
        if content.isEmpty { return }
        guard content.contains("results.h5") || content.contains("case.yaml") else {
            throw Problem(
                description: "\(path): the directory holds files that are not a run's; give an empty or a new directory")
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
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: file)) } catch {
            throw Problem(description: "\(file): the file cannot be written (\(Self.reason(error)))")
        }
    }

    private static func create(_ path: String, intermediates: Bool) throws(Problem) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: intermediates)
        } catch {
            throw Problem(description: "\(path): the directory cannot be made (\(reason(error)))")
        }
    }

    /// The system's own words for an error of Foundation.
    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        let code = underlying?.domain == NSPOSIXErrorDomain ? underlying?.code : nil
        return code.map { String(cString: strerror(Int32($0))) } ?? (error as NSError).localizedDescription
    }
}
