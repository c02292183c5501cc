import Cases
import FieldIO
import Quantities

extension StudyDirectory {
    /// The directory of a study, new or begun before.
    ///
    /// - Parameter withErrors: whether rows hold an estimate of the numerical error of each result.
    /// - Throws: `StudyProblem` when it holds another study, the same with other inputs or of another build, or other
    ///   files; or when it cannot be made.
    public init(named path: String, for study: Study, withErrors: Bool = true) throws(StudyProblem) {
        try self.init(named: path, for: StudyOutline(of: study, withErrors: withErrors))
    }
}

extension StudyOutline {
    /// The outline of a study as it was read.
    public init(of study: Study, withErrors: Bool) {
        var columns: [[StudyCoordinate]] = study.axes.map { _ in [] }
        if study.isGrid {
            // Along an axis, the points that are first on all others.
            var stride = study.count
            for (axis, length) in study.shape.enumerated() {
                stride /= max(length, 1)
                columns[axis] = (0..<length).map { study.coordinates(of: $0 * stride)[axis] }
            }
        } else {
            for point in 0..<study.count {
                for (axis, coordinate) in study.coordinates(of: point).enumerated() { columns[axis].append(coordinate) }
            }
        }
        self.init(
            title: study.title ?? "", model: study.model.name, design: study.design.rawValue, isGrid: study.isGrid,
            axes: zip(study.axes, columns).map { axis, coordinates in
                StudyTableAxis(axis.description, key: axis.key, values: Self.values(coordinates))
            },
            columns: StudyColumns(kept: study.kept, withErrors: withErrors),
            inputs: study.inputs.map { StudyInput(name: $0.name, text: $0.text) })
    }

    /// Numbers where all coordinates are, otherwise words.
    private static func values(_ coordinates: [StudyCoordinate]) -> StudyTableAxis.Values {
        var numbers: [Double] = []
        for coordinate in coordinates {
            guard case .number(let number) = coordinate else { return .words(coordinates.map(\.description)) }
            numbers.append(number)
        }
        return .numbers(numbers)
    }
}
