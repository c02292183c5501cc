import BuildInfo
import Foundation
import SystemFiles

/// The files in `inputs/`: what the study was begun with. They are written once and compared ever after.
struct StudyInputs {
    /// Beginning of the name of a directory of inputs that is not complete.
    static let unfinished = ".inputs-"
    private static let buildName = "build.txt"
    private static let outlineName = "points.bin"

    /// Path of the directory.
    let path: String
    /// Names and contents; the build first, as it says most when it differs.
    private let files: [(name: String, bytes: [UInt8])]

    private static let build = "Mesolith \(BuildInfo.version)\ncommit \(BuildInfo.gitCommit)\n"

    init(of outline: StudyOutline, at path: String) throws(StudyProblem) {
        self.path = path
        var taken: Set<String> = [Self.buildName, Self.outlineName]
        for input in outline.inputs {
            guard !input.name.isEmpty, !input.name.hasPrefix("."),
                !input.name.utf8.contains(where: { $0 == 0x2f || $0 == 0 }),
                taken.insert(input.name).inserted
            else { throw StudyProblem("\(path): no file can be named '\(input.name)' there") }
        }
        files =
            [(Self.buildName, Array(Self.build.utf8))]
            + outline.inputs.map { ($0.name, Array($0.text.utf8)) } + [
                (Self.outlineName, OutlineFile.bytes(of: outline))
            ]
    }

    /// Writes the files into a directory beside and gives it its name when all are there; what another process began at
    /// the same time is compared instead.
    func write(in directory: String) throws(StudyProblem) {
        let draft = "\(directory)/\(Self.unfinished)\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: draft) }
        let isTaken = try onFiles { () throws(SystemFileError) in
            guard mkdir(draft, 0o777) == 0 else { throw SystemFileError(draft, "the directory cannot be made") }
            for entry in files {
                let file = try SystemFile("\(draft)/\(entry.name)", .replacing)
                try file.write(entry.bytes, at: 0)
                try file.synchronize()
            }
            try SystemFile.synchronize(directory: draft)
            if rename(draft, path) == 0 { return false }
            guard errno == EEXIST || errno == ENOTEMPTY else {
                throw SystemFileError(path, "the directory cannot be made")
            }
            return true
        }
        if isTaken { try compare(in: directory) }
        try onFiles { () throws(SystemFileError) in try SystemFile.synchronize(directory: directory) }
    }

    /// Expects the files to be those of this study and this build.
    func compare(in directory: String) throws(StudyProblem) {
        try Self.compareBuild(at: path, in: directory)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        if let gone = Set(names).subtracting(files.map(\.name)).min() {
            throw Self.other(directory, "the study was begun with \(gone), which its points no longer depend on")
        }
        for entry in files.dropFirst() {
            let name = "\(path)/\(entry.name)"
            guard FileManager.default.fileExists(atPath: name) else {
                throw Self.other(directory, "the study was begun without \(entry.name), which its points depend on now")
            }
            guard try Self.contents(of: name) == entry.bytes else {
                throw Self.other(
                    directory,
                    entry.name == Self.outlineName
                        ? "the points or the results of the study are not those it was begun with"
                        : "the study was begun with another text of \(entry.name), see \(name)")
            }
        }
    }

    /// The outline of the study that was begun in a directory.
    static func readOutline(at path: String, in directory: String) throws(StudyProblem) -> StudyOutline {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StudyProblem("\(directory): there is no study in this directory; give one that `mesolith sweep` made")
        }
        try compareBuild(at: path, in: directory)
        let file = "\(path)/\(outlineName)"
        guard var outline = OutlineFile.outline(in: try Self.contents(of: file)) else {
            throw StudyProblem("\(file): the file is damaged; run `mesolith sweep` anew in another directory")
        }
        for index in outline.inputs.indices {
            let bytes = try Self.contents(of: "\(path)/\(outline.inputs[index].name)")
            outline.inputs[index].text = String(decoding: bytes, as: UTF8.self)
        }
        return outline
    }

    private static func compareBuild(at path: String, in directory: String) throws(StudyProblem) {
        let found = String(decoding: try Self.contents(of: "\(path)/\(buildName)"), as: UTF8.self)
        guard found != build else { return }
        func line(_ text: String) -> String { text.split(separator: "\n").joined(separator: ", ") }
        throw other(
            directory,
            "the study was begun with \(line(found)), this is \(line(build)), and a table does not mix the results of two programs"
        )
    }

    private static func contents(of path: String) throws(StudyProblem) -> [UInt8] {
        try onFiles { () throws(SystemFileError) in try SystemFile.contents(of: path) }
    }

    private static func other(_ directory: String, _ what: String) -> StudyProblem {
        StudyProblem("\(directory): \(what); give another --output, or delete the directory to begin anew")
    }
}
