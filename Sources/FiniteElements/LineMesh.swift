/// A layer cut into cells along its thickness, finer towards its first end.
///
/// Cell sizes grow geometrically, h_e = h_0 g^(e/(N-1)), so that the last cell is g = `grading` times the first.
public struct LineMesh: Sendable {
    /// Positions of the cell ends, increasing, m; `cells` + 1 of them, the first 0 and the last the length.
    public let vertices: [Double]

    /// Number of cells.
    public var cells: Int { vertices.count - 1 }
    /// Length of the layer, m.
    public var length: Double { vertices[vertices.count - 1] }

    /// Cuts a layer of `length` (m) into `cells` cells of which the last is `grading` times as large as the first.
    ///
    /// - Precondition: `length` > 0, `cells` >= 1, `grading` > 0, all finite.
    public init(length: Double, cells: Int, grading: Double) {
        precondition(length > 0 && cells >= 1 && grading > 0 && length.isFinite && grading.isFinite)
        var vertices = [0.0]
        vertices.reserveCapacity(cells + 1)
        let ratio = cells > 1 ? power(grading, 1 / Double(cells - 1)) : 1
        var size = 1.0
        for _ in 0..<cells {
            vertices.append(vertices[vertices.count - 1] + size)
            size *= ratio
        }
        let scale = length / vertices[cells]
        for index in 1..<cells { vertices[index] *= scale }
        vertices[cells] = length
        self.vertices = vertices
    }

    /// The part of a length beyond which a mesh for a depth covers all of it evenly.
    public static let deepestPart = 0.8

    /// Cuts a layer of `length` (m) of which only the first `depth` (m) is to be resolved: all cells but two lie there, the last of
    /// them `grading` times as large as the first, and the two share the rest as one to four. A depth that is most of the
    /// length, or a handful of cells, leaves nothing to spare: then the whole length is cut with the same grading.
    ///
    /// - Precondition: as above, and `depth` > 0.
    public init(length: Double, cells: Int, depth: Double, grading: Double) {
        guard depth < Self.deepestPart * length, cells >= 4 else {
            self.init(length: length, cells: cells, grading: grading)
            return
        }
        let fine = LineMesh(length: depth, cells: cells - 2, grading: grading)
        self.init(vertices: fine.vertices + [depth + 0.2 * (length - depth), length])
    }

    /// A mesh with the given cell ends.
    ///
    /// - Precondition: two positions or more, strictly increasing.
    public init(vertices: [Double]) {
        precondition(vertices.count >= 2 && zip(vertices, vertices.dropFirst()).allSatisfy(<))
        self.vertices = vertices
    }

    /// Positions of the nodes of quadratic elements: ends and middles in order, `2 cells + 1` of them, m.
    public var quadraticNodes: [Double] {
        var nodes = [vertices[0]]
        nodes.reserveCapacity(2 * cells + 1)
        for cell in 0..<cells {
            nodes.append(0.5 * (vertices[cell] + vertices[cell + 1]))
            nodes.append(vertices[cell + 1])
        }
        return nodes
    }
}
