import BuildInfo
import FieldIO
import SystemFiles

extension StudyDirectory {
    /// How far the study is, over all shares, from what its journals hold now.
    ///
    /// - Throws: `StudyProblem` when a journal is another study's or cannot be read.
    public func progress() throws(StudyProblem) -> StudyCollection {
        try StudyIndex(of: self).collection(tablePath: tablePath)
    }

    /// Writes study.h5, and study.csv where asked for, from the rows of all shares that are there now.
    ///
    /// The files are complete or not there: what fails leaves those of the last time.
    ///
    /// - Throws: `StudyProblem` when a journal is another study's or a file cannot be read or written.
    public func collect(csv: Bool, commandLine: [String]) throws(StudyProblem) -> StudyCollection {
        // Two processes that end at the same time may both find the study complete.
        let lock = try onFiles { () throws(SystemFileError) in
            let file = try SystemFile(path + "/collect.lock", .updating)
            try file.lock()
            return file
        }
        defer { lock.unlock() }
        let index = try StudyIndex(of: self)
        var collection = index.collection(tablePath: tablePath)
        let session = StudySession(engine: "", commandLine: commandLine)
        do {
            let table = try StudyTableFile(
                creating: tablePath, layout: outline.table, softwareVersion: BuildInfo.version,
                provenance: provenance(of: collection.sessions, collecting: session),
                inputs: outline.inputs.map { ($0.name, $0.text) })
            let text = csv ? try StudyTextTable(creating: csvPath, outline: outline) : nil
            for block in table.blocks {
                let rows = try index.rows(of: block.points)
                try table.write(rows, at: block)
                try text?.write(rows, from: block.points.lowerBound)
            }
            // Both are on the disk before one takes the place of the last.
            try text?.finish()
            try table.finish()
            try text?.publish(in: path)
        } catch let error as SystemFileError {
            throw StudyProblem(error)
        } catch let problem as StudyProblem {
            throw problem
        } catch {
            throw StudyProblem("\(error)", isOfOutput: true)
        }
        if csv { collection.csvPath = csvPath }
        return collection
    }

    private func provenance(
        of sessions: [StudySession], collecting: StudySession
    ) -> [(name: String, text: String)] {
        func listed(_ part: (StudySession) -> String) -> String {
            var texts: [String] = []
            for session in sessions where !texts.contains(part(session)) { texts.append(part(session)) }
            return texts.joined(separator: "\n")
        }
        return [
            ("software_version", BuildInfo.version),
            ("git_commit", BuildInfo.gitCommit),
            ("compiler", BuildInfo.compiler),
            ("build", BuildInfo.configuration),
            ("libraries", "HDF5 \(HDF5Library.version)"),
            ("study_text", outline.inputs.first?.text ?? ""),
            ("case_text", outline.inputs.dropFirst().first?.text ?? ""),
            ("engine", listed(\.engine)),
            ("command_lines", sessions.map { "\($0.date) \($0.host): \($0.commandLine)" }.joined(separator: "\n")),
            ("collect_command_line", collecting.commandLine),
            ("host", listed(\.host)),
            ("date", collecting.date),
        ]
    }
}
