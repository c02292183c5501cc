/// The keys of a study, each declared here once.
struct StudyKeys {
    let title: String?
    /// The base case and where it is named; nil after a mistake.
    let baseCase: (path: String, location: SourceLocation)?
    let set: [CaseNode.Entry]
    let design: StudyDesign
    let samples: Int
    let seed: Int
    let axes: [AxisKeys]
    /// The names of the results to keep, with their places; nil for all.
    let keep: [(name: String, location: SourceLocation)]?
    let engine: StudyEngineChoice
    let keptRuns: KeptRuns

    /// Most axes.
    static let mostAxes = 64
    /// Most values of `set`.
    static let mostSettings = 1000
    /// Most names of results to keep.
    static let mostKept = 1000

    init(_ keys: KeyReader, tables: AxisKeys.Tables) {
        _ = keys.integer("mesolith", in: 1...1, default: 1, "Version of the study format.")
        title = keys.text("title", example: "Utilisation over diffusivity and current", "What the study is.")
        let path = keys.text(
            "case", example: "wang2024-fig4a.yaml", isRequired: true,
            "The base case: the path of a case file as seen from this file.")
        if let path, let location = keys.entry("case")?.value.location {
            baseCase = (MaterialFile.resolve(path, from: location.folder), location)
        } else {
            baseCase = nil
        }
        set = keys.valuesOfEveryPoint()
        let design = keys.word(
            "design", StudyDesign.self, default: .grid,
            "`grid`: every value of each axis with every value of the others, the first axis the slowest; `zip`: the first values "
                + "of all axes, then the second ones; `latin_hypercube`: each n-th of every axis once; `sobol`: a scrambled Sobol "
                + "sequence, of which more samples keep those that are there.")
        let isSampled = design.map { $0 == .latinHypercube || $0 == .sobol }
        let condition = "`design` is `latin_hypercube` or `sobol`"
        samples =
            keys.when(isSampled, condition) {
                $0.integer("samples", in: 1...StudyLayout.mostPoints, example: 256, "Number of points.")
            } ?? 1
        seed =
            keys.when(isSampled, condition) {
                $0.integer(
                    "seed", in: 0...1_000_000_000, default: 1,
                    "The same seed gives the same points, another one others.")
            } ?? 1
        axes = keys.list("axes", "What is varied.") { AxisKeys($0, samples: isSampled, tables: tables) }
        keep = keys.resultsToKeep()
        engine =
            keys.word(
                "engine", StudyEngineChoice.self, default: .auto,
                "What solves the points. `general`: a process for each; `batched`: many at once, of the cases for which that can "
                    + "be done; `auto`: batched where every point can be, else general.") ?? .auto
        keptRuns =
            keys.word(
                "runs", KeptRuns.self, default: .failed,
                "Which run directories of the general engine stay.") ?? .failed
        self.design = design ?? .grid
        if axes.count > Self.mostAxes {
            keys.problem("axes", "a study has up to \(Self.mostAxes) axes, found \(axes.count); leave out some")
        }
        if let design, isSampled == true, axes.count > SobolSequence.mostDimensions, design == .sobol {
            keys.problem("axes", "`sobol` has up to \(SobolSequence.mostDimensions) axes, found \(axes.count)")
        }
    }
}

extension KeyReader {
    /// The values that are put over the base case in every point.
    fileprivate func valuesOfEveryPoint() -> [CaseNode.Entry] {
        let example = "output.frames: final"
        declare(
            "set", kind: "map of key paths", example: example,
            "Values put over the base case in every point: the keys are paths as in `--set`.")
        guard let entry = take("set", isRequired: false, example: example, kind: "a map of key paths") else {
            return []
        }
        switch entry.value.content {
        case .map(let entries) where entries.count > StudyKeys.mostSettings:
            context.report(
                entry.value.location,
                "`set`: expected up to \(StudyKeys.mostSettings) keys, found \(entries.count); change the base case instead"
            )
            return []
        case .map(let entries): return entries
        case .scalar("", isQuoted: false): return []
        default:
            context.report(
                entry.value.location,
                "`set`: expected a map of key paths such as `\(example)`, found \(entry.value.kind)")
            return []
        }
    }

    /// The results that are kept of each point.
    fileprivate func resultsToKeep() -> [(name: String, location: SourceLocation)]? {
        let kind = "a list of results such as `[utilisation]`"
        declare(
            "keep", kind: "list of names", example: "[utilisation]",
            "The results kept of each point, all of the model's when absent; `mesolith describe` lists them.")
        guard let entry = take("keep", isRequired: false, example: "", kind: kind) else { return nil }
        guard case .list(let items) = entry.value.content, !items.isEmpty else {
            context.report(entry.value.location, "`keep`: expected \(kind), found \(entry.value.kind)")
            return nil
        }
        if items.count > StudyKeys.mostKept {
            context.report(
                entry.value.location,
                "`keep`: expected up to \(StudyKeys.mostKept) results, found \(items.count); `mesolith describe` lists them"
            )
            return nil
        }
        return items.compactMap { item in
            if case .scalar(let text, _) = item.content, !text.isEmpty { return (text.trimmed, item.location) }
            context.report(item.location, "`keep`: expected the name of a result, found \(item.kind)")
            return nil
        }
    }
}
