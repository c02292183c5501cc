import Checkpoints
import Models
import Quantities

/// A kind of problem that a case can be: its keys, its checks and its run.
public protocol CaseModel: Sendable {
    /// The word behind `model:` in a case file.
    static var name: String { get }
    /// What the model computes, in one sentence.
    static var summary: String { get }
    /// Results that a run can report.
    static var results: [QuantityDescription] { get }
    /// Those of the results that tell of the computation: they have no error.
    static var work: [QuantityDescription] { get }
    /// Those of the results of which a run must know more than the size: it fails when their error is above 5 %.
    static var mustBeResolved: [QuantityDescription] { get }
    /// The keys that make the mesh finer, for the advice of a message.
    static var resolutionKeys: [String] { get }
    /// Fields on the points of a run's mesh.
    static var fields: [QuantityDescription] { get }
    /// Scalars of each time step.
    static var series: [QuantityDescription] { get }

    /// Reads the model's keys from the top of a case.
    init(_ keys: KeyReader)
    /// The same case at coarser resolutions, from which the error is estimated; none when the case does without.
    var coarser: [Self] { get }
    /// Threads that the run uses.
    var threads: Int { get }
    /// Memory that the run needs at its peak, bytes: an estimate from the size of its mesh, within a factor of two.
    var memory: Int { get }
    /// Runs the case.
    ///
    /// - Parameter saved: where the run goes on, a state that the same case gave to its observer; nil for the start.
    /// - Throws: `RunFailure` when it cannot be solved, `SavedState.Problem` when it cannot go on from a state, and what the
    ///   observer throws.
    func run(observer: any RunObserver, resuming saved: SavedState?) throws -> RunReport
}

extension CaseModel {
    /// Runs the case from its start.
    public func run(observer: any RunObserver) throws -> RunReport { try run(observer: observer, resuming: nil) }
}

/// The models there are.
public enum CaseModels {
    /// All models, in the order in which they are listed.
    public static let all: [any CaseModel.Type] = [
        TransportCase.self, ChemoMechanicsCase.self, FluxBalanceCase.self, VoidClosureCase.self,
    ]

    /// The model of a name.
    public static func model(named name: String) -> (any CaseModel.Type)? { all.first { $0.name == name } }

    /// The keys of the model of a name; where there is none, those of all models, each once.
    static func knownKeys(ofModelNamed name: String?) -> KnownKeys {
        name.flatMap { knownKeys[$0] } ?? knownKeysOfAll
    }

    private static let knownKeys: [String: KnownKeys] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.name, KnownKeys(keys(of: $0))) })
    private static let knownKeysOfAll: KnownKeys = {
        var paths: Set<String> = []
        return KnownKeys(all.flatMap { keys(of: $0) }.filter { paths.insert($0.path).inserted })
    }()

    /// Every key of a model, those at the top of every case included, in the order of a case file.
    public static func keys(of model: any CaseModel.Type) -> [KeyDeclaration] {
        let context = SchemaContext()
        let reader = KeyReader(
            context: context, path: "", schemaPath: "", entries: nil, location: .file(path: "", line: 1, column: 1))
        _ = CaseHeader(reader)
        _ = model.init(reader)
        return context.declarations
    }
}

/// The keys at the top of every case.
struct CaseHeader: Sendable {
    let title: String?
    let model: String

    init(_ keys: KeyReader) {
        _ = keys.integer("mesolith", in: 1...1, default: 1, "Version of the case format.")
        title = keys.text("title", example: "Li-Mg layer, 1 mA/cm^2", "What the case is, for summaries and figures.")
        model = keys.modelName()
    }
}

extension KeyReader {
    fileprivate func modelName() -> String {
        let names = CaseModels.all.map { $0.name }
        declare(
            "model", kind: names.joined(separator: " | "), example: names[0], isRequired: true,
            "The model that the case is a case of.")
        guard let entry = take("model", isRequired: true, example: names[0], kind: listed(names)),
            let name = readWord(entry.value, name: "model", among: names)
        else { return "" }
        note("model", .plain(name))
        return name
    }
}
