import Foundation
import Quantities

/// The values between two ends, evenly spaced or evenly in the logarithm.
struct AxisSpan: Sendable {
    /// The ends in the unit of the first.
    let from: Double
    let to: Double
    let unit: Quantities.Unit
    let isLogarithmic: Bool
    /// The ends as they are put into a case.
    private let ends: (from: String, to: String)
    /// Where the span stands.
    let location: SourceLocation

    /// The span of two quantities of one dimension; for a logarithmic one both are positive and on a scale from zero on.
    init(
        from: Quantity, to: Quantity, text: (from: String, to: String), isLogarithmic: Bool, location: SourceLocation
    ) throws(QuantityError) {
        self.from = from.value
        self.to = to.unit == from.unit ? to.value : try to.converted(to: from.unit).value
        unit = from.unit
        ends = (text.from, to.unit == from.unit ? text.to : Self.text("\(self.to)", unit))
        self.isLogarithmic = isLogarithmic
        self.location = location
    }

    /// The text of the value at a place; `points` values lie from end to end.
    func text(at position: AxisPosition, points: Int?) -> String {
        switch position {
        case .part(let part): return text(at: part, of: 1)
        case .index(let index):
            let last = (points ?? 2) - 1
            if index == 0 { return ends.from }
            return index == last ? ends.to : text(at: Double(index), of: Double(last))
        }
    }

    /// A text of a value in SI units.
    func siValue(ofText text: String) -> Double { (try? Quantity(parsing: text))?.siValue ?? .nan }

    private func text(at place: Double, of length: Double) -> String {
        // Both ends count alike, so that the middle of a span about zero is zero.
        let value =
            isLogarithmic
            ? from * pow(to / from, place / length)
            : ((length - place) * from + place * to) / length
        return Self.text(Self.rounded(value), unit)
    }

    /// The value with 15 digits, the most that a double keeps of every decimal: 1e-11 is reached, not 9.999999999999999e-12.
    private static func rounded(_ value: Double) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
            let length = withVaList([value]) { vsnprintf(buffer.baseAddress, buffer.count, "%.15g", $0) }
            return String(decoding: buffer[..<Int(length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    private static func text(_ number: String, _ unit: Quantities.Unit) -> String {
        let short = number.hasSuffix(".0") ? String(number.dropLast(2)) : number
        return unit.text.isEmpty ? short : "\(short) \(unit.text)"
    }
}
