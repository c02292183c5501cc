import FieldIO
import Quantities

/// What the storage of a study has to know of it: which points there are and which numbers each gives.
public struct StudyOutline: Sendable, Hashable {
    /// Title of the study; empty without one.
    public var title: String
    /// Name of the model, such as `transport`.
    public var model: String
    /// How the points are made of the axes: `grid`, `zip`, `latin_hypercube` or `sobol`.
    public var design: String
    /// Whether the points are all combinations of the values of the axes, the first axis slowest; otherwise each axis
    /// has a value for each point.
    public var isGrid: Bool
    /// The axes with their values.
    public var axes: [StudyTableAxis]
    /// What each point gives.
    public var columns: StudyColumns
    /// Name and verbatim text of every file that the points depend on.
    public var inputs: [StudyInput]

    /// Describes a study.
    public init(
        title: String, model: String, design: String, isGrid: Bool, axes: [StudyTableAxis], columns: StudyColumns,
        inputs: [StudyInput]
    ) {
        self.title = title
        self.model = model
        self.design = design
        self.isGrid = isGrid
        self.axes = axes
        self.columns = columns
        self.inputs = inputs
    }

    /// Number of points.
    public var count: Int { isGrid ? axes.reduce(1) { $0 * $1.values.count } : axes.first?.values.count ?? 0 }
}

/// A file that the points of a study depend on.
public struct StudyInput: Sendable, Hashable {
    /// Name in `inputs/`.
    public var name: String
    /// The text, verbatim.
    public var text: String

    /// An input with its text.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

extension StudyOutline {
    /// The table of the study.
    var table: StudyTableLayout {
        StudyTableLayout(
            title: title, model: model, design: design, isGrid: isGrid, axes: axes, outputs: columns.outputs)
    }
}
