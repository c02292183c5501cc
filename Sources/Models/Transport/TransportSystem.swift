import FiniteElements
import LinearAlgebra
import Materials
import TimeIntegration

/// The transport equation on quadratic elements, as the time integrator sees it: W du/dt = R(u).
///
///     W_i du_i/dt = -∫ φ_i′ 𝒟(u) u′ dZ + J δ_i0
///
/// W is the lumped mass, J the lithium flux into the layer at the electrolyte, mol/(m2 s). The rows of R add up to J exactly.
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

    /// The system on a mesh; `scale` in mol/m3.
    public init(
        mesh: LineMesh, frame: LayerFrame, diffusivity: Diffusivity, composition: AlloyComposition, scale: Double
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
    }

    /// Number of nodes.
    public var count: Int { mass.count }

    /// 𝒟 at unknown u, m2/s.
    @inline(__always)
    private func coefficient<S: LawScalar>(_ u: S, _ law: some DiffusivityLaw) -> S {
        let stretch = frame.stretch(u)
        return law.value(concentration: u / stretch, composition: composition) / (stretch * stretch)
    }

    /// Lithium in the layer Σ W u, mol/m2.
    public func content(of state: [Double]) -> Double {
        var sum = 0.0
        for node in 0..<state.count { sum += mass[node] * state[node] }
        return sum
    }

    /// Writes R(t, u), mol/(m2 s).
    public func residual(time: Double, state: [Double], into result: inout [Double]) {
        switch diffusivity {
        case .constant(let value): residual(UniformDiffusivity(value), time, state, &result)
        case .table(let law): residual(law, time, state, &result)
        case .alloy(let law): residual(law, time, state, &result)
        case .formula(let law): residual(law, time, state, &result)
        }
    }

    private func residual(
        _ law: some DiffusivityLaw, _ time: Double, _ state: [Double], _ result: inout [Double]
    ) {
        let inverseLengths = inverseLengths.span
        let state = state.span
        var result = result.mutableSpan
        var carried = forcing.map { $0.flux(time) } ?? flux
        var u = SIMD3(0, 0, state[0])
        var d = SIMD3(0, 0, coefficient(state[0], law))
        let constant = isLinear
        for cell in 0..<mesh.cells {
            u = SIMD3(u.z, state[2 * cell + 1], state[2 * cell + 2])
            if constant {
                d = SIMD3(repeating: d.z)
            } else {
                d = SIMD3(d.z, coefficient(u.y, law), coefficient(u.z, law))
            }
            let gradient = QuadraticLine.gradient(u, inverseLength: inverseLengths[cell])
            let weak = QuadraticLine.weakDivergence(d * gradient)
            result[2 * cell] = carried - weak.x
            result[2 * cell + 1] = -weak.y
            carried = -weak.z
        }
        result[count - 1] = carried
        if let forcing {
            for node in 0..<count { result[node] += mass[node] * forcing.source(time, nodes[node]) }
        }
    }

    /// Subtracts W k from a vector.
    public func subtractMass(times rate: [Double], from result: inout [Double]) {
        let mass = mass.span
        let rate = rate.span
        var result = result.mutableSpan
        for node in 0..<mass.count { result[node] -= mass[node] * rate[node] }
    }

    /// Forms and factors W - `shift` ∂R/∂u.
    public mutating func factor(time: Double, state: [Double], shift: Double) -> Bool {
        switch diffusivity {
        case .constant(let value): factor(UniformDiffusivity(value), state, shift)
        case .table(let law): factor(law, state, shift)
        case .alloy(let law): factor(law, state, shift)
        case .formula(let law): factor(law, state, shift)
        }
    }

    private mutating func factor(_ law: some DiffusivityLaw, _ state: [Double], _ shift: Double) -> Bool {
        matrix.clear()
        var right = evaluate(state[0], law)
        let constant = isLinear
        for cell in 0..<mesh.cells {
            let inverseLength = inverseLengths[cell]
            let u = SIMD3(state[2 * cell], state[2 * cell + 1], state[2 * cell + 2])
            let left = right
            let middle = constant ? left : evaluate(u.y, law)
            right = constant ? left : evaluate(u.z, law)
            let columns = QuadraticLine.tangent(
                coefficient: shift * SIMD3(left.value, middle.value, right.value),
                slope: shift * SIMD3(left.partials, middle.partials, right.partials),
                gradient: QuadraticLine.gradient(u, inverseLength: inverseLength), inverseLength: inverseLength)
            let sixth = 1 / (6 * inverseLength)
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
        if forcing != nil { return }
        let mass = mass.span
        var values = rate.mutableSpan
        var sum = 0.0
        for node in 0..<mass.count { sum += mass[node] * values[node] }
        let shift = (flux - sum) / mesh.length
        for node in 0..<mass.count { values[node] += shift }
    }

    @inline(__always)
    private func evaluate(_ u: Double, _ law: some DiffusivityLaw) -> Dual<Double> {
        coefficient(Dual<Double>.variable(u), law)
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
