import Foundation
import SystemFiles

/// The directory of one run and the files in it. One run, one directory, never mixed; while a value of this type lives, no other
/// process writes there.
public struct RunDirectory: Sendable {
    /// Path as the user sees it.
    public let path: String
    /// Nil for one who only looks.
    private let lock: FileLock?

    /// The case file, verbatim.
    public var casePath: String { path + "/case.yaml" }
    /// The case with every default.
    public var resolvedPath: String { path + "/resolved.yaml" }
    /// The results.
    public var resultsPath: String { path + "/results.h5" }
    /// What happened when.
    public var logPath: String { path + "/log.txt" }
    /// The summary of a run that has ended, as one JSON object.
    public var summaryPath: String { path + "/summary.json" }
    /// The digests of the files of a run that has ended, for `sha256sum -c`.
    public var digestsPath: String { path + "/digests.sha256" }
    /// What was recorded, for a run that goes on.
    var journalPath: String { path + "/results.journal" }
    /// Results that are made anew from the journal, until they are complete.
    var draftPath: String { path + "/results.h5.partial" }

    private static let names = [
        "results.journal", "digests.sha256", "summary.json", "results.h5", "results.h5.before", "case.yaml", "log.txt",
        // The last one: while it is there the directory is a run's.
        "resolved.yaml",
    ]
    private static let lockName = "lock"

    /// A directory that could not be used, and why.
    public struct Problem: Error, Sendable, CustomStringConvertible {
        /// The sentence for the user.
        public let description: String
        /// Whether the disk is to blame, and not what the user gave.
        public let isOfDisk: Bool

        init(description: String) { (self.description, isOfDisk) = (description, false) }

        /// A call of the system that failed.
        init(_ error: SystemFileError) { (description, isOfDisk) = (error.description, error.isOfDisk) }
    }

    /// What becomes of an earlier run in a directory.
    public enum EarlierRun: Sendable {
        /// It stays, and the directory is refused.
        case isRefused
        /// Its files go.
        case isReplaced
        /// It goes on.
        case isResumed
    }

    /// A new directory for a run of `caseName` below `parent`, numbered where the name is taken.
    ///
    /// - Throws: ``Problem`` when it cannot be made.
    public init(newFor caseName: String, below parent: String) throws(Problem) {
        try Self.create(parent)
        var number = 1
        while true {
            let candidate = Self.numbered("\(parent)/\(caseName)", number)
            // Making the directory is what claims it: of two runs that start together one finds it taken.
            if mkdir(candidate, 0o777) == 0 {
                path = candidate
                lock = try Self.lock(candidate)
                return
            }
            guard errno == EEXIST, number < 100_000 else {
                throw Problem(SystemFileError(candidate, "the directory cannot be made"))
            }
            number += 1
        }
    }

    /// The newest directory that ``init(newFor:below:)`` has made for a case; nil when there is none.
    public static func newest(for caseName: String, below parent: String) -> String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        let numbers = names.compactMap { name in
            if name == caseName { return 1 }
            guard name.hasPrefix(caseName + "-"), let number = Int(name.dropFirst(caseName.count + 1)), number > 1
            else {
                return Int?.none
            }
            return name == Self.numbered(caseName, number) ? number : nil
        }
        return numbers.max().map { numbered("\(parent)/\(caseName)", $0) }
    }

    private static func numbered(_ path: String, _ number: Int) -> String { path + (number == 1 ? "" : "-\(number)") }

    /// A directory that the user named.
    ///
    /// - Throws: ``Problem`` when it holds another run or other files, when another process works there, or when it cannot be made.
    public init(named path: String, earlierRun: EarlierRun) throws(Problem) {
        self.path = path
        var isDirectory: ObjCBool = false
        if !FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
            try Self.create(path)
        } else if !isDirectory.boolValue {
            throw Problem(description: "\(path): this is a file; give a directory for the run's results")
        }
        // Before anything is written there, and again when no other process can change it.
        _ = try Self.isOfRun(path)
        lock = try Self.lock(path)
        guard try Self.isOfRun(path) else { return }
        switch earlierRun {
        case .isResumed: return
        case .isRefused:
            release()
            throw Problem(
                description: "\(path): the directory holds the results of another run; give another directory, "
                    + "--resume to go on with it, or --overwrite to replace it")
        case .isReplaced: try removeFiles(checkpointNames() + draftNames() + Self.names)
        }
    }

    /// Whether a directory holds files of a run; false when it is empty.
    ///
    /// - Throws: ``Problem`` when it holds other files only.
    private static func isOfRun(_ path: String) throws(Problem) -> Bool {
        guard var content = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw Problem(description: "\(path): the directory cannot be read; check its permissions")
        }
        // What a run that was killed at its very start has left beside its lock.
        if content.contains(lockName) {
            content.removeAll { [lockName, "log.txt", "resolved.yaml.partial"].contains($0) }
        }
        if content.isEmpty { return false }
        // A case.yaml alone may be the user's own.
        guard content.contains("results.h5") || content.contains("resolved.yaml") else {
            throw Problem(
                description: "\(path): the directory holds files that are not a run's; give an empty or a new directory"
            )
        }
        return true
    }

    private static func lock(_ path: String) throws(Problem) -> FileLock {
        let outcome: FileLock.Outcome
        do throws(SystemFileError) { outcome = try FileLock.take("\(path)/\(lockName)", host: Machine.host) } catch {
            throw Problem(error)
        }
        switch outcome {
        case .taken(let lock): return lock
        case .held(let holder):
            throw Problem(
                description: "\(path): \(holder) works on this run; wait until it ends, or give another directory")
        }
    }

    /// The process that works on the run in a directory, in words; nil when none does.
    public static func holder(of path: String) -> String? {
        FileLock.holder(of: "\(path)/\(lockName)")
    }

    /// Ends the work in the directory: another process may take it.
    func release() { lock?.removeFile() }

    /// Makes sure that the directory is still the one in which the run began, before something in it is replaced or removed.
    ///
    /// - Throws: `SystemFileError` when it was moved, removed or given to another run.
    func checkPlace() throws(SystemFileError) {
        guard let lock, !lock.isStillNamed else { return }
        throw SystemFileError(
            path, "the directory was moved or replaced while the run wrote to it; its files are where it is now",
            code: ENOENT)
    }

    /// A directory that is only looked at.
    init(viewing path: String) { (self.path, lock) = (path, nil) }

    // MARK: - Files

    /// The checkpoints, newest first.
    func checkpoints() -> [(number: Int, path: String)] {
        checkpointNames().map { (Self.number(ofCheckpoint: $0), "\(path)/\($0)") }.sorted { $0.0 > $1.0 }
    }

    /// Where a checkpoint goes.
    func checkpointPath(_ number: Int) -> String { "\(path)/checkpoint-\(number).h5" }

    private func checkpointNames() -> [String] {
        let content = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return content.filter { Self.number(ofCheckpoint: $0) > 0 }
    }

    private static func number(ofCheckpoint name: String) -> Int {
        guard name.hasPrefix("checkpoint-"), name.hasSuffix(".h5") else { return 0 }
        let digits = name.dropFirst(11).dropLast(3)
        return digits.allSatisfy { ("0"..."9").contains($0) } ? Int(digits) ?? 0 : 0
    }

    /// Writes the digests of the files that are there.
    ///
    /// - Parameter withSavedState: whether the journal and the checkpoints stay.
    /// - Throws: `SystemFileError` when one cannot be read, or they cannot be written.
    func writeDigests(withSavedState: Bool) throws(SystemFileError) {
        var names = ["case.yaml", "resolved.yaml", "results.h5", "summary.json"]
        if withSavedState { names += ["results.journal"] + checkpointNames().sorted() }
        names.removeAll { !FileManager.default.fileExists(atPath: "\(path)/\($0)") }
        try write(try FileDigests(of: names, in: path).text, to: digestsPath)
    }

    /// Removes what a run needs only as long as it may go on.
    func removeSavedState() throws(Problem) {
        try removeFiles(checkpointNames() + ["results.journal", "results.h5.before"] + draftNames())
    }

    /// Results that a run which begins anew finds go under this name until its own are complete.
    func setResultsAside() { rename(resultsPath, resultsPath + ".before") }

    /// Files that were being written when a process ended.
    private func draftNames() -> [String] {
        let content = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return content.filter { $0.hasSuffix(".partial") }
    }

    /// Removes what says that the run has ended.
    func removeEnd() throws(Problem) { try removeFiles(["digests.sha256", "summary.json"]) }

    private func removeFiles(_ names: [String]) throws(Problem) {
        for name in names where unlink("\(path)/\(name)") != 0 && errno != ENOENT {
            throw Problem(SystemFileError("\(path)/\(name)", "the file of the earlier run cannot be removed"))
        }
    }

    /// Writes a small text file of the run, in one piece.
    ///
    /// - Throws: `SystemFileError` when it cannot be written.
    func write(_ text: String, to file: String) throws(SystemFileError) {
        try SystemFile.replace(file, with: Array(text.utf8), in: path)
    }

    /// Makes a directory and those above it, where they are not there.
    private static func create(_ path: String) throws(Problem) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += part
            guard mkdir(made, 0o777) == 0 || errno == EEXIST else {
                throw Problem(SystemFileError(path, "the directory cannot be made"))
            }
            made += "/"
        }
    }
}
