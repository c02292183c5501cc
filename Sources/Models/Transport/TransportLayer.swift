import FiniteElements
import Materials

/// The layer of a transport case at the start: its mesh, its unknowns and where its nodes are.
struct TransportLayer {
    let frame: LayerFrame
    let mesh: LineMesh
    /// Unknowns u of the nodes, mol/m3.
    let state: [Double]

    init(_ parameters: TransportParameters) {
        frame = LayerFrame(swelling: parameters.frame == .host ? parameters.composition.lithiumVolume : 0)
        let asPrepared = parameters.mesh
        let swelling = frame.swelling
        guard swelling > 0 else {
            mesh = asPrepared
            state = mesh.quadraticNodes.map(parameters.initialConcentration)
            return
        }
        // Host coordinate: dZ = (1 - V c) dz, integrated over each half cell by Simpson's rule on eight panels.
        func hostLength(from start: Double, to end: Double) -> Double {
            let panels = 8
            let panel = (end - start) / Double(panels)
            var sum = 0.0
            for index in 0..<panels {
                let left = start + Double(index) * panel
                let c = SIMD3(left, left + 0.5 * panel, left + panel)
                sum +=
                    panel / 6
                    * (6 - swelling
                        * (parameters.initialConcentration(at: c.x) + 4 * parameters.initialConcentration(at: c.y)
                            + parameters.initialConcentration(at: c.z)))
            }
            return sum
        }
        let positions = asPrepared.quadraticNodes
        var host = [0.0]
        for node in 1..<positions.count {
            host.append(host[node - 1] + hostLength(from: positions[node - 1], to: positions[node]))
        }
        // The middle node of a cell lies half way in the host coordinate: find its place in the layer as prepared.
        let frame = frame
        var state = positions.map { frame.unknown(concentration: parameters.initialConcentration(at: $0)) }
        var vertices = [0.0]
        for cell in 0..<asPrepared.cells {
            let half = 0.5 * (host[2 * cell] + host[2 * cell + 2])
            var place = positions[2 * cell + 1]
            for _ in 0..<20 {
                let excess = host[2 * cell] + hostLength(from: positions[2 * cell], to: place) - half
                place -= excess / (1 - swelling * parameters.initialConcentration(at: place))
            }
            state[2 * cell + 1] = frame.unknown(concentration: parameters.initialConcentration(at: place))
            vertices.append(host[2 * cell + 2])
        }
        // The quadrature of the elements defines the thickness; scale so that it is the one asked for.
        let unscaled = LineMesh(vertices: vertices)
        let thickness = zip(lumpedMass(of: unscaled), state).reduce(0.0) { $0 + $1.0 * (1 + swelling * $1.1) }
        mesh = LineMesh(vertices: vertices.map { $0 * (parameters.thickness / thickness) })
        self.state = state
    }

    /// Writes the distance of each node from the electrolyte, m, as its x: z = ∫ (1 + V u) dZ, exact for quadratic u.
    static func place(_ points: inout [SIMD2<Double>], mesh: LineMesh, frame: LayerFrame, state: [Double]) {
        points[0].x = 0
        var place = 0.0
        for cell in 0..<mesh.cells {
            let size = mesh.vertices[cell + 1] - mesh.vertices[cell]
            let (left, middle, right) = (state[2 * cell], state[2 * cell + 1], state[2 * cell + 2])
            points[2 * cell + 1].x = place + size * (0.5 + frame.swelling * (5 * left + 8 * middle - right) / 24)
            place += size * (1 + frame.swelling * (left + 4 * middle + right) / 6)
            points[2 * cell + 2].x = place
        }
    }
}
