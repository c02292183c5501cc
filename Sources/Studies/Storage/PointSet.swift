/// Points of a study, one bit each.
public struct PointSet: Sendable, Hashable {
    private var words: [UInt64]

    /// How many points are in the set.
    public private(set) var count = 0

    /// The empty set of a study with so many points.
    public init(points: Int) { words = [UInt64](repeating: 0, count: (points + 63) / 64) }

    /// Whether a point, whose number must be one of the study's, is in the set.
    public func contains(_ point: Int) -> Bool { words[point >> 6] & (1 << UInt64(point & 63)) != 0 }

    /// Puts a point in.
    public mutating func insert(_ point: Int) {
        guard !contains(point) else { return }
        words[point >> 6] |= 1 << UInt64(point & 63)
        count += 1
    }

    /// Takes a point out.
    public mutating func remove(_ point: Int) {
        guard contains(point) else { return }
        words[point >> 6] &= ~(1 << UInt64(point & 63))
        count -= 1
    }
}
