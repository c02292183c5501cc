/// Where the points of a study lie on its axes.
struct StudyLayout: Sendable {
    /// Most points of a study.
    static let mostPoints = 100_000_000

    let design: StudyDesign
    /// Length of each axis of a grid; else the number of points alone.
    let shape: [Int]
    /// Number of points.
    let count: Int
    /// How many points lie from one value of an axis of a grid to the next.
    private let strides: [Int]
    private let sequence: SobolSequence?
    private let hypercube: LatinHypercube?

    /// The layout of a design whose numbers were checked.
    ///
    /// - Parameter lengths: the number of values of each axis; for the designs that sample, it does not matter.
    init(_ design: StudyDesign, lengths: [Int], samples: Int, seed: Int) {
        self.design = design
        let seed = UInt64(bitPattern: Int64(seed))
        switch design {
        case .grid: shape = lengths
        case .zip: shape = [lengths[0]]
        case .latinHypercube, .sobol: shape = [samples]
        }
        count = shape.reduce(1, *)
        var strides = Array(repeating: 1, count: lengths.count)
        for axis in lengths.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] &* lengths[axis + 1] }
        self.strides = strides
        sequence = design == .sobol ? SobolSequence(dimensions: lengths.count, seed: seed) : nil
        hypercube =
            design == .latinHypercube ? LatinHypercube(dimensions: lengths.count, samples: samples, seed: seed) : nil
    }

    /// Where a point lies on an axis.
    func position(of point: Int, on axis: Int) -> AxisPosition {
        if let sequence { return .part(sequence.coordinate(axis, of: point)) }
        if let hypercube { return .part(hypercube.coordinate(axis, of: point)) }
        return .index(isGrid ? point / strides[axis] % shape[axis] : point)
    }

    private var isGrid: Bool { design == .grid }
}
