import FiniteElements
import Materials
import Models
import Quantities

/// A disk that lithium enters from above for ten seconds, stress and diffusion coupled both ways: the plate of
/// CoupledPlateTests, with quadratic displacements and linear lithium.
///
/// R = 100 nm, H = 140 nm; the axis and the electrolyte do not move along r, the collector not along z, the side is free.
public struct CoupledPlate: DrivenLayer {
    /// The equations, with the flux on.
    public var system: LayerSystem
    /// The concentration at the start, mol/m3.
    public let initialState: [Double]
    /// The nodes on the axis at z = 0, H/8, ... H.
    private let axis: [Int]

    /// How long lithium enters, s.
    public static let duration = 10.0
    private static let capacity = 69600.0
    private static let lithiumVolume = 1.3e-5
    private static let thickness = 140e-9

    /// The plate on `cells` by `cells` equal cells, a multiple of eight, with so many threads of the assembly.
    public init(cells: Int, threads: Int = 1) throws {
        precondition(cells.isMultiple(of: 8))
        let composition = AlloyComposition(
            relation: .perHostVolume, lithiumVolume: Self.lithiumVolume, hostVolume: 1.4e-5)
        let start = 0.02 * Self.capacity
        let solid = AlloySolid(
            elasticity: .isotropic(ElasticConstants(youngsModulus: 30e9, poissonsRatio: 0.3)),
            swelling: .linear(volume: Self.lithiumVolume, stressFree: start), composition: composition,
            concentration: 2)
        system = try LayerSystem(
            body: LayerBody(
                shape: .disk, thickness: Self.thickness, width: 100e-9, side: .free, columns: cells, rows: cells),
            lithium: LithiumParameters(
                solution: .latticeGas(maximum: Self.capacity), diffusivity: .constant(1e-15), composition: composition,
                temperature: 298.15),
            mechanics: MechanicsParameters(solid: solid, electrolyte: .bonded, collector: .sliding), isDriven: true,
            start: start, scale: Self.capacity, threads: threads)
        system.flux = 10 / Constants.faraday
        initialState = [Double](repeating: start, count: system.count)
        axis = (0...8).map { $0 * (cells / 8) * (cells + 1) }
    }

    /// x and σ_h in MPa on the axis at z = 0, H/8, ... H, in equilibrium with a state.
    public mutating func profile(of state: [Double]) throws -> [(x: Double, stress: Double)] {
        try system.equilibrate(state)
        let unknowns = system.assembler.system
        let (concentrations, potentials) = (
            unknowns.unknowns(ofComponent: system.component), unknowns.unknowns(ofComponent: system.component + 1)
        )
        // p = -Ω σ_h for a stiffness that does not depend on the lithium.
        return axis.map { node in
            (
                system.fields[Int(concentrations[node])] / Self.capacity,
                -system.fields[Int(potentials[node])] / Self.lithiumVolume / 1e6
            )
        }
    }

    /// The lithium that came in over what was sent, less one.
    public func balanceError(of state: [Double]) -> Double {
        let gained = system.content(of: state) - system.content(of: initialState)
        return gained / (system.flux * Self.duration) - 1
    }

    /// The largest deviations of a profile from another, in x and in MPa.
    public static func deviation(
        of profile: [(x: Double, stress: Double)], from reference: [(x: Double, stress: Double)]
    ) -> (x: Double, stress: Double) {
        (
            largestMagnitude(zip(profile, reference).lazy.map { $0.x - $1.x }),
            largestMagnitude(zip(profile, reference).lazy.map { $0.stress - $1.stress })
        )
    }

    /// The larger of the deviations of x and of the stress from ``refined``, each over the largest of its kind.
    public static func error(of profile: [(x: Double, stress: Double)]) -> Double {
        let found = deviation(of: profile, from: refined)
        return largestMagnitude([
            found.x / largestMagnitude(refined.lazy.map(\.x)),
            found.stress / largestMagnitude(refined.lazy.map(\.stress)),
        ])
    }

    /// What meshes and steps converge to: our solutions on 128 and 256 cells, whose error falls fourfold, extrapolated, and
    /// the error of the steps taken off. Good to about 1e-7 and 0.001 MPa.
    public static let refined: [(x: Double, stress: Double)] = [
        (0.12435269, 27.5558), (0.12436193, 24.0059),
        (0.12404376, 12.9004), (0.12242050, -7.1609),
        (0.11809427, -38.6222), (0.10969198, -85.1210),
        (0.09660599, -151.5796), (0.07987154, -243.8059),
        (0.06251557, -366.3628),
    ]
}
