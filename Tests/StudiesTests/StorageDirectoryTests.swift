import FieldIO
import Foundation
import Quantities
import Studies
import Testing

@Suite("The directory of a study")
struct StorageDirectoryTests {
    @Test("The inputs lie there verbatim, and a study that was begun before is found again without them")
    func inputs() throws {
        let scratch = try ScratchDirectory()
        let study = SampleStudy(design: "zip", axes: [SampleStudy.thickness(2), SampleStudy.law])
        let directory = try study.directory(scratch.path("a/b"))
        let text = try String(contentsOfFile: directory.path + "/inputs/study.yaml", encoding: .utf8)
        #expect(text == "axes: µ\n")
        #expect(try study.directory(scratch.path("a/b")).outline == study.outline)
        #expect(try StudyDirectory(existing: directory.path).outline == study.outline)
        #expect(directory.runPath(of: 123) == directory.path + "/points/000123")
        #expect(directory.runPath(of: 1_234_567) == directory.path + "/points/1234567")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["inputs"])
    }

    @Test("Other inputs are refused, with the name of the file")
    func changedInputs() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path()
        _ = try SampleStudy().directory(path)
        let advice = "; give another --output, or delete the directory to begin anew"
        func refusal(_ change: (inout SampleStudy) -> Void) throws -> String {
            var study = SampleStudy()
            change(&study)
            return try problem { _ = try study.directory(path) }
        }
        #expect(
            try refusal { $0.inputs[1].text += "#" }
                == "\(path): the study was begun with another text of case.yaml, see \(path)/inputs/case.yaml" + advice)
        #expect(
            try refusal { $0.inputs.append(StudyInput(name: "points.csv", text: "")) }
                == "\(path): the study was begun without points.csv, which its points depend on now" + advice)
        #expect(
            try refusal { $0.inputs.removeLast() }
                == "\(path): the study was begun with case.yaml, which its points no longer depend on" + advice)
        #expect(
            try refusal { $0.axes.removeLast() }
                == "\(path): the points or the results of the study are not those it was begun with" + advice)
        #expect(try SampleStudy().directory(path).outline == SampleStudy().outline)
    }

    @Test("Another build of the program is refused")
    func otherBuild() throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path())
        let file = directory.path + "/inputs/build.txt"
        let build = try String(contentsOfFile: file, encoding: .utf8)
        let words = build.split(separator: "\n").joined(separator: ", ")
        try "Mesolith 0.0.9\ncommit 1234\n".write(toFile: file, atomically: true, encoding: .utf8)
        let expected =
            "\(directory.path): the study was begun with Mesolith 0.0.9, commit 1234, this is \(words), and a table "
            + "does not mix the results of two programs; give another --output, or delete the directory to begin anew"
        #expect(try problem { _ = try SampleStudy().directory(directory.path) } == expected)
        #expect(try problem { _ = try StudyDirectory(existing: directory.path) } == expected)
    }

    @Test("Files of something else, and a file in the place of the directory, are refused")
    func otherFiles() throws {
        let scratch = try ScratchDirectory()
        try "mine".write(toFile: scratch.path("notes.txt"), atomically: true, encoding: .utf8)
        let whole = scratch.url.path
        #expect(
            try problem { _ = try SampleStudy().directory(whole) }
                == "\(whole): the directory holds files that are not a study's; give an empty or a new directory")
        #expect(try FileManager.default.contentsOfDirectory(atPath: whole) == ["notes.txt"])
        let file = scratch.path("notes.txt")
        #expect(
            try problem { _ = try SampleStudy().directory(file) }
                == "\(file): this is a file; give a directory for the study")
        #expect(
            try problem { _ = try StudyDirectory(existing: whole) }
                == "\(whole): there is no study in this directory; give one that `mesolith sweep` made")
    }

    @Test("Names that a table cannot hold are refused before anything is written")
    func names() throws {
        let scratch = try ScratchDirectory()
        var study = SampleStudy()
        study.axes[0].description.name = "utilisation"
        #expect(
            try problem { _ = try study.directory(scratch.path()) }
                == "\(scratch.path()): the study has no table: the name 'utilisation' is taken")
        study = SampleStudy(inputs: [StudyInput(name: "../case.yaml", text: "")])
        #expect(
            try problem { _ = try study.directory(scratch.path()) }
                == "\(scratch.path())/inputs: no file can be named '../case.yaml' there")
        #expect(!FileManager.default.fileExists(atPath: scratch.path()))
    }

    @Test("Processes that begin one study at the same time agree on it")
    func together() async throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    let share = try SampleStudy().directory(path).share(task, of: 8, session: SampleStudy.session)
                    try share.append([SampleStudy.row(task)])
                }
            }
            try await group.waitForAll()
        }
        let progress = try StudyDirectory(existing: path).progress()
        #expect((progress.finished, progress.failed, progress.missing) == (7, 1, 2))
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(names.filter { $0.hasPrefix(".") } == [])
    }

    @Test("A share is one process's at a time, and the error names it")
    func locked() throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path())
        var share: StudyShare? = try directory.share(0, of: 2, session: SampleStudy.session)
        try share?.append([SampleStudy.row(0)])
        let message = try problem { _ = try directory.share(0, of: 2, session: SampleStudy.session) }
        let host = try String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8)
        let holder = "process \(getpid()) on host \(host.split(separator: "\n")[0])"
        #expect(
            message
                == "\(directory.path)/rows-0-of-2.lock: \(holder) works on this share of the study; wait until it ends, "
                + "or end it and try again")
        _ = try directory.share(1, of: 2, session: SampleStudy.session)
        share = nil
        #expect(try directory.share(0, of: 2, session: SampleStudy.session).done.count == 1)
    }

    @Test("Another number of shares is refused")
    func otherShares() throws {
        let scratch = try ScratchDirectory()
        let directory = try SampleStudy().directory(scratch.path())
        _ = try directory.share(0, of: 2, session: SampleStudy.session)
        #expect(
            try problem { _ = try directory.share(0, of: 3, session: SampleStudy.session) }
                == "\(directory.path): the study was begun in 2 shares, this is one of 3; go on with 2, or give another "
                + "--output")
        #expect(
            try problem { _ = try directory.share(2, of: 2, session: SampleStudy.session) }
                == "\(directory.path): there is no share 2 of 2; shares count from 0")
        try Data().write(to: URL(filePath: directory.journal(0, of: 5)))
        #expect(
            try problem { _ = try directory.progress() }
                == "\(directory.path): there are rows of a study in 2 and in 5 shares; delete those that do not belong "
                + "here")
    }
}
