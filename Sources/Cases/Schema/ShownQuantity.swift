import Foundation
import Quantities

/// An SI value in a unit, as a message says it; a plain number without one.
func shown(_ siValue: Double, _ unit: String = "") -> String {
    if unit.isEmpty { return String(format: "%.6g", siValue) }
    guard let unit = try? Unit(parsing: unit) else { return "\(siValue)" }
    let text = Quantity(siValue: siValue, unit: unit).formatted(significantDigits: 6)
    return (try? Quantity(parsing: text).formatted()) ?? text
}
