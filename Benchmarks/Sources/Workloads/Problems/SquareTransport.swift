import FiniteElements
import Foundation
import Materials
import Models
import Quantities

/// Lithium alone in a square of L = 5 um, D = 6e-11 cm2/s, that enters at 1 mA/cm2 (1 + cos(πx/L) / 2) through its top.
public struct SquareTransport: DrivenLayer {
    /// The equations, with the flux on.
    public let system: LayerSystem
    /// The concentration at the start, mol/m3.
    public let initialState: [Double]

    private static let length = 5e-6
    private static let diffusivity = 6e-15
    private static let flux = 10 / Constants.faraday
    /// How long lithium enters, s: D t / L² = 0.3.
    public static let duration = 0.3 * length * length / diffusivity

    /// The square on `cells` by `cells` equal cells.
    ///
    /// - Parameter readsTable: whether the diffusivity is read from a table at each point, as one that depends on the
    ///   concentration would be; it is the same everywhere all the same, so that the exact solution holds.
    /// - Parameter threads: threads of the assembly.
    public init(cells: Int, readsTable: Bool = false, threads: Int = 1) throws {
        let table = Diffusivity.table(MonotoneCubic(x: [0, 1e5], y: [Self.diffusivity, Self.diffusivity]))
        var system = try LayerSystem(
            body: LayerBody(
                shape: .strip, thickness: Self.length, width: Self.length, side: .free, columns: cells, rows: cells),
            lithium: LithiumParameters(
                solution: .latticeGas(maximum: 69600), diffusivity: readsTable ? table : .constant(Self.diffusivity),
                composition: AlloyComposition(relation: .perHostVolume, lithiumVolume: 1.3e-5, hostVolume: 1.4e-5),
                temperature: 298.15),
            mechanics: nil, isDriven: false, start: 0, profile: { 1 + 0.5 * cos(Double.pi * $0 / 5e-6) }, scale: 69600,
            threads: threads)
        system.flux = Self.flux
        self.system = system
        initialState = [Double](repeating: 0, count: system.count)
    }

    /// The largest deviation of a state at the end from the exact solution, over the largest concentration.
    public func error(of state: [Double]) -> Double {
        let unit = Self.flux * Self.length / Self.diffusivity
        let exact = system.assembler.system.space(ofComponent: system.component).positions.map { place in
            unit * Self.exact(x: place.x / Self.length, z: place.y / Self.length, time: 0.3)
        }
        return largestMagnitude(zip(state, exact).lazy.map { $0 - $1 }) / largestMagnitude(exact)
    }

    /// c D / (j L) at x, z and t in units of L and L²/D, by separation of variables.
    ///
    /// c = a(z, t) + cos(πx) b(z, t) / 2 where a is the slab with a unit flux through its face z = 1, and b the same with the
    /// loss π² b that the wave along x has by diffusion:
    ///
    ///     a = t + z²/2 - 1/6 - Σ_n 2 (-1)ⁿ / (nπ)² cos(nπz) exp(-n²π²t)
    ///     b = cosh(πz) / (π sinh π) - Σ_n e_n (-1)ⁿ / (π² (1 + n²)) cos(nπz) exp(-(1 + n²) π²t),   e_0 = 1, e_n = 2
    static func exact(x: Double, z: Double, time: Double) -> Double {
        let pi = Double.pi
        var mean = time + z * z / 2 - 1.0 / 6
        var wave = cosh(pi * z) / (pi * sinh(pi)) - exp(-pi * pi * time) / (pi * pi)
        for n in 1...8 {
            let order = Double(n)
            let mode = (n.isMultiple(of: 2) ? 2 : -2) * cos(order * pi * z) / (pi * pi)
            mean -= mode / (order * order) * exp(-order * order * pi * pi * time)
            wave -= mode / (1 + order * order) * exp(-(1 + order * order) * pi * pi * time)
        }
        return mean + 0.5 * cos(pi * x) * wave
    }
}
