import Quantities

/// An axis of a study: a quantity that differs from point to point.
public struct StudyTableAxis: Sendable, Hashable {
    /// The values along an axis.
    public enum Values: Sendable, Hashable {
        /// Numbers in the unit of the axis.
        case numbers([Double])
        /// Words, such as names of laws.
        case words([String])

        /// How many there are.
        public var count: Int {
            switch self {
            case .numbers(let numbers): numbers.count
            case .words(let words): words.count
            }
        }
    }

    /// Name, unit and meaning.
    public var description: QuantityDescription
    /// The key of the case file that the axis sets.
    public var key: String
    /// Of a grid, the values along the axis; otherwise one value for each point.
    public var values: Values

    /// An axis with its values.
    public init(_ description: QuantityDescription, key: String, values: Values) {
        self.description = description
        self.key = key
        self.values = values
    }
}

/// What a study file holds: its axes and the columns over them.
public struct StudyTableLayout: Sendable, Hashable {
    /// Title of the study; empty without one.
    public var title: String
    /// Model that solved the points.
    public var model: String
    /// How the points are made of the axes, such as `grid`.
    public var design: String
    /// Whether the points are all combinations of the values of the axes, the first axis slowest.
    public var isGrid: Bool
    /// The axes.
    public var axes: [StudyTableAxis]
    /// The columns of numbers.
    public var outputs: [QuantityDescription]

    /// Describes a file.
    public init(
        title: String, model: String, design: String, isGrid: Bool, axes: [StudyTableAxis],
        outputs: [QuantityDescription]
    ) {
        self.title = title
        self.model = model
        self.design = design
        self.isGrid = isGrid
        self.axes = axes
        self.outputs = outputs
    }

    /// Lengths of the dimensions of each column: of a grid the lengths of its axes, otherwise the number of points.
    public var shape: [Int] { isGrid ? axes.map(\.values.count) : [axes.first?.values.count ?? 0] }

    /// Number of points.
    public var count: Int { shape.reduce(1, *) }

    /// Names of the columns that every study has.
    static let reservedNames: Set<String> = ["point", "status", "steps", "cpu_time", "end", "reason"]

    /// What is wrong with the layout, if anything.
    public func defect() -> String? {
        if axes.isEmpty { return "there is no axis" }
        if let axis = axes.first(where: { $0.values.count == 0 }) {
            return "the axis '\(axis.description.name)' is empty"
        }
        if !isGrid, let axis = axes.first(where: { $0.values.count != count }) {
            return "the axis '\(axis.description.name)' has \(axis.values.count) values instead of \(count)"
        }
        return ObjectName.defect(
            in: axes.map(\.description.name) + outputs.map(\.name), reserved: Self.reservedNames)
    }
}
