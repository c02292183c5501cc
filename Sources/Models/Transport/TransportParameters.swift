import Materials
import TimeIntegration

/// A case of one-dimensional lithium transport in a planar layer, in SI units.
///
///     ∂c/∂t = ∂/∂z (D(c) ∂c/∂z)  for 0 < z < L,  -D ∂c/∂z = i/F at z = 0 (electrolyte),  = 0 at z = L (collector)
///
/// with i > 0 when lithium is plated into the layer.
public struct TransportParameters: Sendable {
    /// The coordinate in which the layer is seen.
    public enum Frame: String, Sendable, Hashable, CaseIterable {
        /// A slab of constant thickness.
        case slab
        /// Fixed to the host: the layer swells and thins with its lithium.
        case host
    }

    /// Lithium in the layer at the start.
    public enum InitialProfile: Sendable, Hashable {
        /// One concentration, mol/m3.
        case uniform(Double)
        /// Concentration in mol/m3 over the distance from the electrolyte in m.
        case table(MonotoneCubic)
    }

    /// How the sizes of the cells are chosen.
    public enum Grading: Sendable, Hashable {
        /// The last cell is this many times as large as the first.
        case ratio(Double)
        /// By how deep lithium diffuses in the protocol.
        case automatic
    }

    /// Thickness at the start, m.
    public var thickness: Double
    /// The frame.
    public var frame: Frame
    /// What the layer's composition is at a concentration.
    public var composition: AlloyComposition
    /// The interdiffusion coefficient.
    public var diffusivity: Diffusivity
    /// Lithium at the start.
    public var initial: InitialProfile
    /// Concentration at which the surface is saturated, mol/m3.
    public var saturation: Double
    /// Concentration at which the surface is depleted, mol/m3.
    public var depletion: Double
    /// What is done to the layer.
    public var protocolSteps: [ProtocolStep]
    /// Cells along the thickness.
    public var cells: Int
    /// The sizes of the cells.
    public var grading: Grading
    /// Tolerance and limits of the time integration.
    public var integrator: IntegratorSettings
    /// When fields are recorded.
    public var frames: FrameSchedule
    /// The undershoot ahead of a front, over the saturation limit, beyond which the mesh is refused as too coarse.
    public var largestUndershoot = 0.03

    /// A case from its parts.
    public init(
        thickness: Double, frame: Frame, composition: AlloyComposition, diffusivity: Diffusivity,
        initial: InitialProfile, saturation: Double, depletion: Double, protocolSteps: [ProtocolStep], cells: Int,
        grading: Grading, integrator: IntegratorSettings, frames: FrameSchedule
    ) {
        self.thickness = thickness
        self.frame = frame
        self.composition = composition
        self.diffusivity = diffusivity
        self.initial = initial
        self.saturation = saturation
        self.depletion = depletion
        self.protocolSteps = protocolSteps
        self.cells = cells
        self.grading = grading
        self.integrator = integrator
        self.frames = frames
    }

    /// The same case on half the cells, and with thirty times the tolerance and twice the prescribed steps: apart, so that an error
    /// of the mesh and one of the steps cannot hide each other in an estimate.
    public var coarser: [TransportParameters] {
        var onCoarserMesh = self
        onCoarserMesh.cells = max(1, cells / 2)
        onCoarserMesh.largestUndershoot = 5 * largestUndershoot
        onCoarserMesh.frames = .finalOnly
        var withLongerSteps = self
        withLongerSteps.integrator = integrator.coarser
        withLongerSteps.frames = .finalOnly
        return [onCoarserMesh, withLongerSteps]
    }

    /// Accuracy of Kirchhoff's transform, well below what the time steps leave.
    var transformAccuracy: Double { max(1e-13, 1e-4 * integrator.relativeTolerance) }

    /// The range of concentrations, mol/m3, for which the laws of the layer are stated, and what round-off may add to it.
    var bounds: (lowest: Double, highest: Double, roundOff: Double) {
        let domain = diffusivity.domain
        return (max(0, domain.lowerBound), min(domain.upperBound, composition.supremum), 1e-9 * saturation)
    }

    /// Starting concentration in mol/m3 at a distance from the electrolyte in m.
    func initialConcentration(at position: Double) -> Double {
        switch initial {
        case .uniform(let value): value
        case .table(let table): table(position)
        }
    }
}
