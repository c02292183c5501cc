import FiniteElements
import LinearAlgebra
import Materials
import TimeIntegration

/// The transport equation on quadratic elements, as the time integrator sees it: W du/dt = R(u).
///
///     W_i du_i/dt = J δ_i0 - Σ_j K_ij φ(u_j),   K_ij = ∫ N_i′ N_j′ dZ,   φ(u) = ∫ 𝒟 du
///
/// W is the lumped mass, J the lithium flux into the layer at the electrolyte, mol/(m2 s), N_i the shape functions. The rows of R
/// add up to J exactly. Interpolating Kirchhoff's φ, which is smooth where a falling diffusivity makes a front of u, and not u,
/// keeps the fourth order at the cell ends (Douglas and Dupont, Numer. Math. 22 (1974) 99), makes the error at a front five times
/// smaller, and leaves a stiffness that is the same for every law.
public struct TransportSystem: SemidiscreteSystem {
    /// A source of lithium and a flux at the electrolyte that make a chosen function the exact solution (for verification).
    public struct Forcing: Sendable {
        /// Source over time (s) and position (m), mol/(m3 s).
        public var source: @Sendable (_ time: Double, _ position: Double) -> Double
        /// Flux into the layer over time (s), mol/(m2 s).
        public var flux: @Sendable (_ time: Double) -> Double

        /// A forcing from its two functions.
        public init(
            source: @escaping @Sendable (_ time: Double, _ position: Double) -> Double,
            flux: @escaping @Sendable (_ time: Double) -> Double
        ) {
            self.source = source
            self.flux = flux
        }
    }

    /// The mesh in the coordinate of the frame.
    public let mesh: LineMesh
    /// The frame.
    public let frame: LayerFrame
    /// The diffusivity.
    public let diffusivity: Diffusivity
    /// The composition rule.
    public let composition: AlloyComposition
    /// The size of u that tolerances refer to, mol/m3.
    public let scale: Double
    /// Lithium flux into the layer at the electrolyte, mol/(m2 s).
    public var flux = 0.0
    /// Whether the unknown at the electrolyte stays as it is, whatever the flux that takes.
    var pinsSurface = false
    /// Forcing of a manufactured solution; nil in every case.
    public var forcing: Forcing?
    /// Lumped mass W of each node, m.
    public let mass: [Double]
    /// Whether 𝒟 is the same everywhere and always.
    public let isLinear: Bool
    /// Constant where 𝒟 is, otherwise Newton's own.
    public var stageMatrix: StageMatrix { isLinear ? .constant : .exact }

    private let nodes: [Double]
    private let inverseLengths: [Double]
    private var matrix: CondensedLineMatrix
    private let coefficient: LayerCoefficient
    /// φ(u) over the factor of the law; nil where it is u.
    private var transform: KirchhoffTransform?
    // φ and its slope at the nodes.
    private var potentials: [Double]
    private var slopes: [Double]

    /// The system on a mesh.
    ///
    /// - Parameters:
    ///   - scale: size of u, mol/m3.
    ///   - transformAccuracy: accuracy of φ relative to its rise up to `scale`.
    public init(
        mesh: LineMesh, frame: LayerFrame, diffusivity: Diffusivity, composition: AlloyComposition, scale: Double,
        transformAccuracy: Double = 1e-13
    ) {
        self.mesh = mesh
        self.frame = frame
        self.diffusivity = diffusivity
        self.composition = composition
        self.scale = scale
        mass = lumpedMass(of: mesh)
        nodes = mesh.quadraticNodes
        inverseLengths = (0..<mesh.cells).map { 1 / (mesh.vertices[$0 + 1] - mesh.vertices[$0]) }
        matrix = CondensedLineMatrix(cells: mesh.cells)
        isLinear = diffusivity.isConstant && frame.swelling == 0
        coefficient = LayerCoefficient(diffusivity, frame: frame, composition: composition)
        transform = isLinear ? nil : coefficient.transform(upTo: scale, accuracy: transformAccuracy)
        potentials = mass
        slopes = mass
    }

    /// Number of nodes.
    public var count: Int { mass.count }

    /// Lithium in the layer Σ W u, mol/m2.
    public func content(of state: [Double]) -> Double {
        var sum = 0.0
        for node in 0..<state.count { sum += mass[node] * state[node] }
        return sum
    }

    /// Writes R(t, u), mol/(m2 s).
    ///
    /// - Throws: `EvaluationFailure` when u is far beyond what its laws are stated for.
    public mutating func residual(
        time: Double, state: [Double], into result: inout [Double]
    ) throws(EvaluationFailure) {
        guard evaluate(state) else {
            throw EvaluationFailure("the lithium concentration grew beyond what the layer can hold")
        }
        let inverseLengths = inverseLengths.span
        let potentials = potentials.span
        var result = result.mutableSpan
        var carried = forcing.map { $0.flux(time) } ?? flux
        for cell in 0..<mesh.cells {
            let leaving = QuadraticLine.stiffness(
                times: SIMD3(potentials[2 * cell], potentials[2 * cell + 1], potentials[2 * cell + 2]),
                inverseLength: inverseLengths[cell])
            result[2 * cell] = carried - leaving.x
            result[2 * cell + 1] = -leaving.y
            carried = -leaving.z
        }
        result[count - 1] = carried
        if pinsSurface { result[0] = 0 }
        if let forcing {
            for node in 0..<count { result[node] += mass[node] * forcing.source(time, nodes[node]) }
        }
    }

    /// φ and its slope at every node; false when the transform cannot be extended so far.
    private mutating func evaluate(_ state: [Double]) -> Bool {
        let factor = coefficient.factor
        guard let upper = transform?.upper else {
            for node in 0..<count {
                potentials[node] = factor * state[node]
                slopes[node] = factor
            }
            return true
        }
        var largest = 0.0
        for unknown in state { largest = max(largest, unknown) }
        if largest > upper && !coefficient.extend(&transform, to: largest) { return false }
        guard let transform else { return false }
        for node in 0..<count {
            let (value, slope) = transform(state[node])
            potentials[node] = factor * value
            slopes[node] = factor * slope
        }
        return true
    }

    /// Subtracts W k from a vector.
    public func subtractMass(times rate: [Double], from result: inout [Double]) {
        let mass = mass.span
        let rate = rate.span
        var result = result.mutableSpan
        for node in 0..<mass.count { result[node] -= mass[node] * rate[node] }
    }

    /// Forms and factors W - `shift` ∂R/∂u = W + `shift` K diag(𝒟).
    public mutating func factor(time: Double, state: [Double], shift: Double) -> Bool {
        guard evaluate(state) else { return false }
        matrix.clear()
        for cell in 0..<mesh.cells {
            var columns = QuadraticLine.stiffness(
                scaledBy: shift * SIMD3(slopes[2 * cell], slopes[2 * cell + 1], slopes[2 * cell + 2]),
                inverseLength: inverseLengths[cell])
            // The equation of a pinned surface is W k = 0.
            if cell == 0 && pinsSurface { (columns.left.x, columns.middle.x, columns.right.x) = (0, 0, 0) }
            let sixth = 1 / (6 * inverseLengths[cell])
            matrix.add(
                cell: cell, left: columns.left + SIMD3(sixth, 0, 0), middle: columns.middle + SIMD3(0, 4 * sixth, 0),
                right: columns.right + SIMD3(0, 0, sixth))
        }
        return matrix.factor()
    }

    /// Solves with the matrix last factored.
    public mutating func solve(_ vector: inout [Double]) {
        matrix.solve(&vector)
    }

    /// Shifts the rate by the constant that makes Σ W k = J hold to the last digit.
    ///
    /// The rows of R add up to J, but a solve leaves an error of the size of round-off times the largest flux, and in
    /// the constant mode, which diffusion does not damp, a step multiplies it by Δt. A constant changes no flux of a linear
    /// layer and only round-off of another.
    public func restoreInvariants(of rate: inout [Double]) {
        if forcing != nil || pinsSurface { return }
        let mass = mass.span
        var values = rate.mutableSpan
        var sum = 0.0
        for node in 0..<mass.count { sum += mass[node] * values[node] }
        let shift = (flux - sum) / mesh.length
        for node in 0..<mass.count { values[node] += shift }
    }
}

extension TransportSystem {
    /// The flux that a pinned surface takes into the layer, (K φ)_0, at the state last evaluated, mol/(m2 s).
    var pinnedFlux: Double {
        QuadraticLine.stiffness(
            times: SIMD3(potentials[0], potentials[1], potentials[2]), inverseLength: inverseLengths[0]
        ).x
    }

    /// Its derivatives by the unknowns of the first cell, m/s.
    var pinnedFluxSlopes: SIMD3<Double> {
        let columns = QuadraticLine.stiffness(
            scaledBy: SIMD3(slopes[0], slopes[1], slopes[2]), inverseLength: inverseLengths[0])
        return SIMD3(columns.left.x, columns.middle.x, columns.right.x)
    }
}

extension TransportSystem {
    /// The lithium balance at a node, by its distance from the electrolyte; in the host frame that of the host without lithium.
    public func place(ofUnknown index: Int) -> String {
        let place = index == 0 ? "at the electrolyte" : "\(digits(nodes[index])) m from the electrolyte"
        return "the lithium balance \(place)"
            + (index > 0 && frame.swelling > 0 ? " (in the host without lithium)" : "")
    }

    /// The first node at which 𝒟 is not finite.
    public mutating func notFiniteRow(time: Double, state: [Double], shift: Double) -> Int? {
        guard evaluate(state) else { return nil }
        return slopes.firstIndex { !$0.isFinite }
    }
}

extension TransportSystem: ProtocolSystem {
    /// Lithium in the layer when all of it has one unknown, mol/m2.
    func content(filledTo unknown: Double) -> Double { unknown * mesh.length }

    /// The unknown at the electrolyte.
    func surfaceUnknown(of state: [Double], direction: Double) -> Double { state[0] }

    /// Thickness of the layer when it holds this much lithium (mol/m2), m.
    func thickness(holding lithium: Double) -> Double { mesh.length + frame.swelling * lithium }
}
