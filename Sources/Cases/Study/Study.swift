import Quantities

/// A base case and the axes along which it is varied: many points, each of them a case.
public struct Study: Sendable {
    /// Path of the study file as the user gave it.
    public let path: String
    /// What the study is called; nil when the file does not say.
    public let title: String?
    /// Path of the base case.
    public let casePath: String
    /// The model of the base case, and so of every point.
    public let model: any CaseModel.Type
    /// What is varied, in the order of the file.
    public let axes: [StudyAxis]
    /// The results that are kept of each point.
    public let kept: [QuantityDescription]
    /// What solves the points.
    public let engine: StudyEngineChoice
    /// Which run directories of the general engine stay.
    public let keptRuns: KeptRuns
    /// Name and text, verbatim, of every file that the points depend on, the study's own first, then that of the base case.
    public private(set) var inputs: [(name: String, text: String)]
    private let layout: StudyLayout
    /// The base case with the values of `set`, and the arguments of `--set` that stand for them.
    private let template: CaseTemplate
    private let settings: [String]

    /// How the points are laid out.
    public var design: StudyDesign { layout.design }
    /// Whether the points make a grid with an axis for each of the study's.
    public var isGrid: Bool { design == .grid }
    /// Length of each axis of a grid; else the number of points alone.
    public var shape: [Int] { layout.shape }
    /// Number of points.
    public var count: Int { layout.count }

    /// Reads a study file, its base case and its tables, and checks everything but the points behind the first.
    ///
    /// - Throws: ``CaseErrors`` with all that is wrong, each with its place.
    public init(path: String) throws(CaseErrors) { try self.init(CaseText(reading: path, as: .studyFile)) }

    /// Takes the bytes of a study file; the files that it names are looked for beside `path`.
    ///
    /// - Throws: ``CaseErrors`` with all that is wrong, each with its place.
    public init(bytes: [UInt8], path: String) throws(CaseErrors) {
        try self.init(CaseText(path: path, bytes: bytes, as: .studyFile))
    }

    private init(_ source: CaseText) throws(CaseErrors) {
        let file = try StudyFile(source)
        path = source.path
        title = file.keys.title
        casePath = file.base.source.path
        model = file.model
        axes = file.axes
        kept = file.kept
        engine = file.keys.engine
        keptRuns = file.keys.keptRuns
        layout = file.layout
        template = file.base
        settings = file.settings
        inputs = []
        _ = try makeCase(of: 0)
        readFilesOfOtherPoints()
        inputs = file.inputs
    }

    /// Makes a case with each value that names a file, so that all of them are known.
    private func readFilesOfOtherPoints() {
        for (index, axis) in axes.enumerated() where !axis.isNumeric && StudyOverrides.namesFile(axis.path.last ?? "") {
            for value in 0..<(axis.values.count ?? 0) {
                // What is wrong with one of them is said where the points are checked.
                _ = try? makeCase { $0 == index ? .index(value) : layout.position(of: 0, on: $0) }
            }
        }
    }

    /// The arguments of `--set` that make a point from the base case: those of `set`, then one for each axis.
    public func overrides(of point: Int) -> [String] {
        settings
            + axes.enumerated().map { index, axis in
                let value = axis.values.value(at: layout.position(of: point, on: index))
                return axis.argument(for: value.text)
            }
    }

    /// Where a point lies, one coordinate for each axis.
    public func coordinates(of point: Int) -> [StudyCoordinate] {
        axes.enumerated().map { $1.values.coordinate(at: layout.position(of: point, on: $0)) }
    }

    /// The case of a point.
    ///
    /// - Throws: ``CaseErrors`` with all that is wrong with it, each with its place.
    public func makeCase(of point: Int) throws(CaseErrors) -> Case {
        try makeCase { layout.position(of: point, on: $0) }
    }

    private func makeCase(_ position: (_ axis: Int) -> AxisPosition) throws(CaseErrors) -> Case {
        var template = template
        var arguments = settings
        for (index, axis) in axes.enumerated() {
            let (text, location) = axis.values.value(at: position(index))
            try template.apply(
                CaseOverride(
                    path: axis.path, place: axis.location,
                    value: CaseNode(content: .scalar(text, isQuoted: false), location: location)))
            arguments.append(axis.argument(for: text))
        }
        return try Case(template, overrides: arguments)
    }

    /// Makes the case of every point.
    ///
    /// - Throws: ``CaseErrors`` with what is wrong, each with the first point where it is; it stops at 20 problems.
    public func check() throws(CaseErrors) {
        var problems: [CaseProblem] = []
        var known: Set<CaseProblem> = []
        for point in 0..<count {
            do throws(CaseErrors) {
                _ = try makeCase(of: point)
            } catch {
                for problem in error.problems where known.insert(problem).inserted {
                    problems.append(CaseProblem(problem.location, "\(problem.message) (\(name(of: point)))"))
                }
                if problems.count >= Self.mostProblems { break }
            }
        }
        if !problems.isEmpty { throw CaseErrors(Array(problems.prefix(Self.mostProblems))) }
    }

    private static let mostProblems = 20

    /// A point in words: its number and its values.
    private func name(of point: Int) -> String {
        let values = axes.enumerated().map { index, axis in
            "\(axis.name) = \(axis.values.value(at: layout.position(of: point, on: index)).text)"
        }
        return "point \(point): \(values.joined(separator: ", "))"
    }
}
