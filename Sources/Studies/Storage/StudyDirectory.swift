import BuildInfo
import Foundation
import SystemFiles

/// The directory of a study: what it is made from, the rows of its shares, and its table. One study, one directory.
public struct StudyDirectory: Sendable {
    /// Path as the user sees it.
    public let path: String
    /// The study in it.
    public let outline: StudyOutline

    /// The table.
    public var tablePath: String { path + "/study.h5" }
    /// The table as text.
    public var csvPath: String { path + "/study.csv" }
    /// Where the run directories of single points are.
    public var pointsPath: String { path + "/points" }

    /// The run directory of a point, such as `points/000123`.
    public func runPath(of point: Int) -> String {
        let digits = String(point)
        return pointsPath + "/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// The directory of a study, new or begun before.
    ///
    /// - Throws: `StudyProblem` when it holds another study, the same with other inputs or of another build, or other
    ///   files; or when it cannot be made.
    public init(named path: String, for outline: StudyOutline) throws(StudyProblem) {
        self.path = path
        self.outline = outline
        if let defect = outline.table.defect() { throw StudyProblem("\(path): the study has no table: \(defect)") }
        let inputs = try StudyInputs(of: outline, at: path + "/inputs")
        if FileManager.default.fileExists(atPath: inputs.path) {
            try inputs.compare(in: path)
        } else {
            try Self.makeDirectory(path)
            try inputs.write(in: path)
        }
    }

    /// The directory of a study that was begun before, without its study file.
    ///
    /// - Throws: `StudyProblem` when it holds none, or one of another build.
    public init(existing path: String) throws(StudyProblem) {
        self.path = path
        outline = try StudyInputs.readOutline(at: path + "/inputs", in: path)
    }

    /// The share that this process is to work on. The process has it until the last reference to the share is gone.
    ///
    /// - Parameters:
    ///   - task: number of the share, from 0.
    ///   - shares: number of shares.
    ///   - session: how the process works, for provenance.
    /// - Throws: `StudyProblem` when another process has it, when the study was begun with another number of shares, or
    ///   when its files cannot be read or written.
    public func share(_ task: Int, of shares: Int, session: StudySession) throws(StudyProblem) -> StudyShare {
        guard shares >= 1, (0..<shares).contains(task), shares <= 1_000_000 else {
            throw StudyProblem("\(path): there is no share \(task) of \(shares); shares count from 0")
        }
        if let found = try journals().shares, found != shares {
            throw StudyProblem(
                "\(path): the study was begun in \(found) \(found == 1 ? "share" : "shares"), this is one of \(shares); "
                    + "go on with \(found), or give another --output")
        }
        let name = "\(path)/\(Self.journalName(task, of: shares))"
        let share = try StudyShare(
            journal: name + ".journal", lock: name + ".lock", header: header(task, of: shares),
            columns: outline.columns, session: session)
        try onFiles { () throws(SystemFileError) in try SystemFile.synchronize(directory: path) }
        return share
    }

    func header(_ task: Int, of shares: Int) -> JournalHeader {
        JournalHeader(
            points: outline.count, values: outline.columns.kept.count, withErrors: outline.columns.withErrors,
            task: task, shares: shares)
    }

    static func journalName(_ task: Int, of shares: Int) -> String { "rows-\(task)-of-\(shares)" }

    /// The journals that are there: the number of shares, and which of them have one.
    func journals() throws(StudyProblem) -> (shares: Int?, tasks: [Int]) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw StudyProblem("\(path): the directory cannot be read; check its permissions")
        }
        var shares: Int?
        var tasks: [Int] = []
        for name in names {
            guard let match = name.wholeMatch(of: /rows-(\d{1,7})-of-(\d{1,7})\.journal/), let task = Int(match.1),
                let count = Int(match.2)
            else { continue }
            if let shares, shares != count {
                throw StudyProblem(
                    "\(path): there are rows of a study in \(min(shares, count)) and in \(max(shares, count)) shares; "
                        + "delete those that do not belong here")
            }
            shares = count
            tasks.append(task)
        }
        return (shares, tasks.sorted())
    }

    /// Makes a directory that is to be new or empty, and those above it.
    private static func makeDirectory(_ path: String) throws(StudyProblem) {
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
            guard isDirectory.boolValue else {
                throw StudyProblem("\(path): this is a file; give a directory for the study")
            }
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
                throw StudyProblem("\(path): the directory cannot be read; check its permissions")
            }
            // Another process may be about to begin the same study, or was killed while it did.
            guard names.allSatisfy({ $0.hasPrefix(StudyInputs.unfinished) || $0 == "inputs" }) else {
                throw StudyProblem(
                    "\(path): the directory holds files that are not a study's; give an empty or a new directory")
            }
            return
        }
        try onFiles { () throws(SystemFileError) in try create(path) }
    }

    /// Makes a directory and those above it, where they are not there, for good.
    private static func create(_ path: String) throws(SystemFileError) {
        var (made, parent) = path.hasPrefix("/") ? ("/", "/") : ("", ".")
        let parts = path.split(separator: "/")
        if parts.isEmpty { throw SystemFileError(path, "the directory cannot be made", code: ENOENT) }
        for part in parts {
            made += part
            if mkdir(made, 0o777) == 0 {
                try SystemFile.synchronize(directory: parent)
            } else if errno != EEXIST {
                throw SystemFileError(path, "the directory cannot be made")
            }
            parent = made
            made += "/"
        }
    }
}
