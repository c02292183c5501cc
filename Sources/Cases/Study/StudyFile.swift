import Foundation
import Quantities

/// A study file with its base case and its tables, read and checked; what a ``Study`` is made from.
struct StudyFile {
    let text: String
    let keys: StudyKeys
    /// The base case with the values of `set`.
    let base: CaseTemplate
    let model: any CaseModel.Type
    let axes: [StudyAxis]
    let kept: [QuantityDescription]
    let layout: StudyLayout
    /// The arguments of `--set` that stand for the values of `set`.
    let settings: [String]
    let tables: [CSVTable]

    /// Reads the file and all that it names.
    ///
    /// - Throws: ``CaseErrors`` with all that is wrong, each with its place.
    init(_ source: CaseText) throws(CaseErrors) {
        let root = try source.tree()
        guard case .map(let entries) = root.content else { throw CaseErrors(root.location, "expected a map of keys") }
        let context = SchemaContext(knownKeys: StudySchema.known, document: .studyFile)
        let reader = KeyReader(context: context, path: "", schemaPath: "", entries: entries, location: root.location)
        var tables: [String: CSVTable] = [:]
        keys = StudyKeys(reader) { (file: String, place: SourceLocation) throws(CaseErrors) in
            let path = MaterialFile.resolve(file, from: place.folder)
            if let table = tables[path] { return table }
            let table = try CSVTable(reading: path, askedAt: place)
            tables[path] = table
            return table
        }
        reader.finish()
        text = source.text
        self.tables = tables.values.sorted { $0.path < $1.path }
        guard let baseCase = keys.baseCase, keys.axes.count <= StudyKeys.mostAxes else {
            throw CaseErrors(context.problems.inFileOrder)
        }

        var base = try Self.template(baseCase.path, namedAt: baseCase.location, after: context)
        let overrides = StudyOverrides(keys, context: context)
        for override in overrides.settings {
            do throws(CaseErrors) {
                try base.apply(override)
            } catch {
                for problem in error.problems { context.report(problem.location, problem.message) }
            }
        }
        self.base = base
        settings = overrides.settings.map { "\($0.path.joined(separator: "."))=\($0.value.flow)" }
        guard let name = base.modelName, let model = CaseModels.model(named: name) else {
            if !context.problems.isEmpty { throw CaseErrors(context.problems.inFileOrder) }
            throw Self.problems(ofCase: base)
        }
        self.model = model
        kept = context.kept(keys.keep, of: model)
        axes = context.axes(keys.axes, overrides: overrides, model: model, kept: kept)
        let lengths = context.lengths(keys, design: keys.design)
        if !context.problems.isEmpty { throw CaseErrors(context.problems.inFileOrder) }
        layout = StudyLayout(keys.design, lengths: lengths, samples: keys.samples, seed: keys.seed)
    }

    /// The base case, after mistakes of the study file itself.
    private static func template(
        _ path: String, namedAt place: SourceLocation, after context: SchemaContext
    ) throws(CaseErrors) -> CaseTemplate {
        var isDirectory: ObjCBool = false
        if !FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) || isDirectory.boolValue {
            context.report(place, "`case`: there is no case file `\(path)`; give its path as seen from the study file")
            throw CaseErrors(context.problems.inFileOrder)
        }
        do throws(CaseErrors) {
            return try CaseTemplate(CaseText(reading: path))
        } catch {
            throw CaseErrors(context.problems.inFileOrder + error.problems)
        }
    }

    /// What is wrong with a case whose model is not known.
    private static func problems(ofCase base: CaseTemplate) -> CaseErrors {
        do throws(CaseErrors) {
            _ = try Case(base, overrides: [])
            return CaseErrors(base.root.location, "the model of the case is not known")
        } catch {
            return error
        }
    }

    /// Name and text of every file that the points depend on; the material files and databases are those read so far.
    var inputs: [(name: String, text: String)] {
        var inputs = [("study.yaml", text), ("case.yaml", base.source.text)]
        var names: Set<String> = ["study.yaml", "case.yaml", "build.txt", "points.bin"]
        func add(_ path: String, _ text: String) {
            // Files of one name from two folders, or two names of one file.
            if inputs.contains(where: { $0.1 == text }) { return }
            let file = path.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? "file"
            var name = file
            var number = 2
            while !names.insert(name).inserted {
                name = "\(number)-\(file)"
                number += 1
            }
            inputs.append((name, text))
        }
        for table in tables { add(table.path, table.text) }
        for file in base.files.texts { add(file.path, file.text) }
        return inputs
    }
}
