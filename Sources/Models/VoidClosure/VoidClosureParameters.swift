import Materials
import Quantities
import TimeIntegration

/// A case of a void that closes by creep under a constant pressure, in SI units.
///
///     ȧ/a = -c(p + 2γ/a, a/b) + jΩ/(F a),    b^d - a^d constant
///
/// with the rate c of ``VoidClosure``, γ/a for 2γ/a in a cylinder, and d = 3 or 2.
public struct VoidClosureParameters: Sendable {
    /// The shape of the void.
    public var shape: VoidShape
    /// Radius a at the start, m.
    public var radius: Double
    /// Radius b at the start of the metal around the void, m; infinite for a void alone.
    public var outerRadius: Double
    /// Pressure p on the outer radius, Pa.
    public var pressure: Double
    /// Surface energy γ of the void, J/m2.
    public var surfaceEnergy: Double
    /// Current density j at the void's surface that dissolves metal there, A/m2; zero unless the void is alone.
    public var currentDensity: Double
    /// Molar volume Ω of the metal, m3/mol; used with a current.
    public var molarVolume: Double
    /// The flow law of the metal.
    public var flow: SteadyFlow
    /// The equivalent stresses, Pa, for which the flow law is stated; nil where it may be used at any.
    public var stressRange: ClosedRange<Double>?
    /// The time at which the run ends, s; nil for none.
    public var time: Double?
    /// The radius over that at the start at which the void counts as closed, between 0 and 1.
    public var fraction: Double
    /// Tolerance and limits of the time integration; steps are along the course of ``VoidSystem``.
    public var integrator: IntegratorSettings
    /// When fields are recorded.
    public var frames: FrameSchedule

    /// A case from its parts.
    public init(
        shape: VoidShape, radius: Double, outerRadius: Double = .infinity, pressure: Double, surfaceEnergy: Double = 0,
        currentDensity: Double = 0, molarVolume: Double = .nan, flow: SteadyFlow,
        stressRange: ClosedRange<Double>? = nil, time: Double? = nil, fraction: Double = 0.01,
        integrator: IntegratorSettings, frames: FrameSchedule
    ) {
        self.shape = shape
        self.radius = radius
        self.outerRadius = outerRadius
        self.pressure = pressure
        self.surfaceEnergy = surfaceEnergy
        self.currentDensity = currentDensity
        self.molarVolume = molarVolume
        self.flow = flow
        self.stressRange = stressRange
        self.time = time
        self.fraction = fraction
        self.integrator = integrator
        self.frames = frames
    }

    /// Whether the metal around the void has no end.
    public var isAlone: Bool { outerRadius == .infinity }

    /// The largest equivalent stress at the start, Pa: that at the void.
    public var stressAtStart: Double { VoidSystem(self).surfaceStress(logRadius: 0) }

    /// The same case with thirty times the tolerance and twice the longest step.
    public var coarser: VoidClosureParameters {
        var coarser = self
        coarser.integrator = integrator.coarser
        coarser.frames = .finalOnly
        return coarser
    }

    /// The velocity jΩ/F in m/s with which the current moves the surface outwards.
    var growthVelocity: Double { currentDensity > 0 ? currentDensity * molarVolume / Constants.faraday : 0 }
}
