import FiniteElements

/// The vertices of a layer's mesh as its results show them, and the unknowns there.
struct LayerPoints {
    /// Positions at the start, m, row by row from the bottom.
    let positions: [SIMD2<Double>]
    /// The node of the lithium at each point.
    let nodes: [Int]
    /// The unknowns of the displacement at each point; empty without displacement.
    let displacements: [SIMD2<Int>]

    init(_ system: LayerSystem) {
        let unknowns = system.assembler.system
        let mesh = unknowns.mesh
        positions = mesh.vertices
        let scalar = unknowns.space(ofComponent: system.component)
        var (nodes, displacements): ([Int], [SIMD2<Int>]) = ([], [])
        for row in 0...mesh.rows {
            for column in 0...mesh.columns {
                nodes.append(row * scalar.columns + column % scalar.columns)
                if system.mechanics != nil {
                    let space = unknowns.space(ofComponent: 0)
                    let node = 2 * row * space.columns + 2 * column % space.columns
                    displacements.append(
                        SIMD2(
                            Int(unknowns.unknowns(ofComponent: 0)[node]), Int(unknowns.unknowns(ofComponent: 1)[node])))
                }
            }
        }
        self.nodes = nodes
        self.displacements = displacements
    }
}
