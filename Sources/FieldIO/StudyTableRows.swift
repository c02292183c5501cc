/// Some points of a study that follow each other and make a rectangular piece of its columns.
public struct StudyTableBlock: Sendable, Hashable {
    /// The points.
    public let points: Range<Int>
    /// First index on each dimension of the columns.
    let start: [Int]
    /// Length on each dimension of the columns.
    let extent: [Int]

    /// Cuts columns of a shape into pieces of at most `most` points, in the order of the points.
    static func blocks(ofShape shape: [Int], most: Int) -> [StudyTableBlock] {
        // The dimension that is cut: all behind it fit into a piece, it itself does not or is the first.
        var cut = shape.count - 1
        var behind = 1
        while cut > 0, behind * shape[cut] <= most {
            behind *= shape[cut]
            cut -= 1
        }
        let step = max(1, most / behind)
        var blocks: [StudyTableBlock] = []
        for prefix in 0..<shape[..<cut].reduce(1, *) {
            var start = [Int](repeating: 0, count: shape.count)
            var rest = prefix
            for axis in (0..<cut).reversed() {
                start[axis] = rest % shape[axis]
                rest /= shape[axis]
            }
            for first in stride(from: 0, to: shape[cut], by: step) {
                let length = min(step, shape[cut] - first)
                start[cut] = first
                let point = (prefix * shape[cut] + first) * behind
                blocks.append(
                    StudyTableBlock(
                        points: point..<point + length * behind, start: start,
                        extent: [Int](repeating: 1, count: cut) + [length] + shape[(cut + 1)...]))
            }
        }
        return blocks
    }
}

/// What came out of some points of a study, column by column.
public struct StudyTableRows: Sendable {
    /// How a point ended, as the column `status` says it.
    public enum Status: Int8, Sendable, CaseIterable {
        /// The run came to its end.
        case finished = 0
        /// The run failed.
        case failed = 1
        /// There is no row of the point.
        case missing = 2
    }

    /// The columns of numbers in the order of the layout; NaN where a point has no value.
    public var outputs: [[Double]]
    /// How each point ended.
    public var status: [Status]
    /// Time steps; 0 when unknown.
    public var steps: [Int32]
    /// CPU time, s.
    public var cpuTime: [Double]
    /// What ended the last step of the protocol.
    public var end: [String]
    /// Why the run failed.
    public var reason: [String]

    /// Rows of so many points that are all missing.
    public init(missing count: Int, outputs columns: Int) {
        let nothing = [Double](repeating: .nan, count: count)
        outputs = [[Double]](repeating: nothing, count: columns)
        status = [Status](repeating: .missing, count: count)
        steps = [Int32](repeating: 0, count: count)
        cpuTime = nothing
        end = [String](repeating: "", count: count)
        reason = end
    }

    /// Number of points.
    public var count: Int { status.count }
}
