import Quantities
import Synchronization

/// SI values of the quantities that were read before: the ends of ranges, defaults, and what the points of a study share.
enum StatedValues {
    private struct Key: Hashable {
        let text: String
        let dimension: Dimension
    }

    /// Most texts that are remembered; those that vary from point to point would fill the memory.
    private static let mostTexts = 4096
    private static let known = Mutex<[Key: Double]>([:])

    /// The value of a text in SI units.
    ///
    /// - Throws: `QuantityError` when it is not a quantity of the dimension.
    static func siValue(_ text: String, as dimension: Dimension) throws(QuantityError) -> Double {
        let key = Key(text: text, dimension: dimension)
        if let value = known.withLock({ $0[key] }) { return value }
        let value = try Quantity(parsing: text).siValue(as: dimension)
        known.withLock { if $0.count < mostTexts { $0[key] = value } }
        return value
    }
}
