import Quantities

/// One thing that a study varies.
public struct StudyAxis: Sendable {
    /// What its column and its coordinate are called: a word of letters, digits and `_`.
    public let name: String
    /// The key of the case that it varies, as in `--set`.
    public let key: String
    /// Name, SI unit and meaning of its values; the unit of words is `1`.
    public let description: QuantityDescription
    /// Whether its values are numbers; otherwise they are words.
    public let isNumeric: Bool
    let values: AxisValues
    /// The keys of the path.
    let path: [String]
    /// Where the key stands.
    let location: SourceLocation

    /// The argument of `--set` that puts a value in its place.
    func argument(for text: String) -> String { isNumeric ? "\(key)=\(text)" : "\(key)=\(CaseNode.flow(text))" }
}

/// Where a point lies on an axis.
public enum StudyCoordinate: Sendable, Hashable, CustomStringConvertible {
    /// A number in SI units.
    case number(Double)
    /// A word, such as the name of a material.
    case word(String)

    /// The number or the word.
    public var description: String {
        switch self {
        case .number(let value): "\(value)"
        case .word(let word): word
        }
    }
}

/// How the points of a study are laid out.
public enum StudyDesign: String, Sendable, CaseIterable {
    /// Every value of each axis with every value of the others; the first axis is the slowest.
    case grid
    /// The first values of all axes, then the second ones, and so on.
    case zip
    /// A Latin hypercube: with n samples, each n-th of every axis is met once.
    case latinHypercube = "latin_hypercube"
    /// Points of a scrambled Sobol sequence.
    case sobol
}

/// What solves the points of a study.
public enum StudyEngineChoice: String, Sendable, CaseIterable {
    /// Batched when every point can be, else general.
    case auto
    /// A process for each point.
    case general
    /// Many points at once.
    case batched
}

/// Which run directories of the general engine stay.
public enum KeptRuns: String, Sendable, CaseIterable {
    /// None of them.
    case none
    /// Those of points that failed.
    case failed
    /// All of them.
    case all
}
