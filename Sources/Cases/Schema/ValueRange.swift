import Quantities

/// The values a quantity may have, with its ends as one would write them.
struct ValueRange: Sendable {
    /// One end of the range.
    enum Bound: Sendable {
        case none
        /// The value itself is allowed.
        case including(String)
        /// The value itself is not.
        case excluding(String)
    }

    let lower: Bound
    let upper: Bound

    static let any = ValueRange(.none, .none)

    init(_ lower: Bound, _ upper: Bound) {
        self.lower = lower
        self.upper = upper
    }

    /// More than `lower`, at most `upper`.
    static func above(_ lower: String, upTo upper: String) -> ValueRange {
        ValueRange(.excluding(lower), .including(upper))
    }
    /// From `lower` to `upper`, both allowed.
    static func from(_ lower: String, to upper: String) -> ValueRange {
        ValueRange(.including(lower), .including(upper))
    }

    /// The range in words, such as `more than 0 um, at most 10 mm`.
    var description: String {
        var parts: [String] = []
        switch lower {
        case .none: break
        case .including(let text): parts.append("at least \(text)")
        case .excluding(let text): parts.append("more than \(text)")
        }
        switch upper {
        case .none: break
        case .including(let text): parts.append("at most \(text)")
        case .excluding(let text): parts.append("less than \(text)")
        }
        return parts.joined(separator: ", ")
    }

    /// Whether an SI value of the dimension lies in the range.
    func contains(_ value: Double, dimension: Dimension) -> Bool {
        func number(_ text: String) -> Double { (try? StatedValues.siValue(text, as: dimension)) ?? .nan }
        let aboveLower =
            switch lower {
            case .none: true
            case .including(let text): value >= number(text)
            case .excluding(let text): value > number(text)
            }
        let belowUpper =
            switch upper {
            case .none: true
            case .including(let text): value <= number(text)
            case .excluding(let text): value < number(text)
            }
        return aboveLower && belowUpper
    }
}
