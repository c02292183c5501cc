import FiniteElements
import Foundation
import LinearAlgebra
import Materials
import Models
import Quantities
import TimeIntegration

/// The layer of the tests: lithium on the 69600 mol/m3 sites of a rigid lattice, Ω = 13 cm3/mol, E = 30 GPa, ν = 0.3, D =
/// 1e-15 m2/s, 298.15 K, 140 nm thick. Numbers that make stress as strong as composition: L κ / D reaches 2.
enum Layer {
    static let maximum = 69600.0
    static let volume = 1.3e-5
    static let young = 30e9
    static let poisson = 0.3
    static let temperature = 298.15
    static let thickness = 140e-9
    static let influx = 10 / Constants.faraday
    static let composition = AlloyComposition(
        relation: .perHostVolume, lithiumVolume: volume, hostVolume: 1 / maximum)

    static func lithium(_ diffusivity: Diffusivity = .constant(1e-15)) -> LithiumParameters {
        LithiumParameters(
            solution: .latticeGas(maximum: maximum), diffusivity: diffusivity, composition: composition,
            temperature: temperature)
    }

    /// One stiffness, swelling in proportion to the lithium beyond `stressFree` in mol/m3.
    static func solid(stressFree: Double = 0) -> AlloySolid {
        AlloySolid(
            elasticity: .isotropic(ElasticConstants(youngsModulus: young, poissonsRatio: poisson)),
            swelling: .linear(volume: volume, stressFree: stressFree), composition: composition, concentration: 2)
    }

    /// A stiffness that falls as lithium comes, and swelling by the stretch of the host.
    static func mixture(_ rule: ElasticMixture.Rule = .hill, stressFree: Double = 0) -> AlloySolid {
        let lithium = ElasticConstants<Double>(youngsModulus: 8e9, poissonsRatio: 0.36)
        let host = ElasticConstants<Double>(youngsModulus: 45e9, poissonsRatio: 0.29)
        let swelling = HostSwelling(lithiumVolume: volume, hostVolume: 1 / maximum)
        return AlloySolid(
            elasticity: .mixture(ElasticMixture(lithium: lithium, host: host, rule: rule, weight: .moleFraction)),
            swelling: .stretch(
                swelling, stressFreeStretch: swelling.stretch(lithiumPerHost: stressFree / maximum)),
            composition: composition, concentration: 2)
    }

    static func body(
        _ shape: LayerBody.Shape, columns: Int, rows: Int, width: Double = 100e-9, side: LayerBody.SideCondition = .free
    ) -> LayerBody {
        LayerBody(
            shape: shape, thickness: thickness, width: width, side: shape == .film ? .periodic : side, columns: columns,
            rows: rows)
    }

    /// Shear on the collector that holds up to 100 MPa and then slips.
    static let frictional = SurfaceContact.friction(cap: 100e6, slip: 0.1e-9)

    static func system(
        _ body: LayerBody, _ mechanics: MechanicsParameters?, lithium: LithiumParameters = lithium(), start: Double,
        isDriven: Bool = true, threads: Int = 1
    ) throws -> LayerSystem {
        try LayerSystem(
            body: body, lithium: lithium, mechanics: mechanics, isDriven: isDriven, start: start, scale: maximum,
            threads: threads)
    }

    /// An integrator at a uniform concentration in mol/m3.
    static func integrator(
        _ system: LayerSystem, start: Double, settings: IntegratorSettings
    ) -> ESDIRKIntegrator<LayerSystem> {
        ESDIRKIntegrator(
            system: system, state: [Double](repeating: start, count: system.count), settings: settings)
    }
}

/// A coefficient given by a function of position alone.
struct PlacedLaw: PointLaw {
    let function: @Sendable (SIMD2<Double>) -> Double
    init(_ function: @escaping @Sendable (SIMD2<Double>) -> Double) { self.function = function }
    func callAsFunction<S: LawScalar>(_ u: S, at point: QuadraturePoint) -> S { S(function(point.position)) }
}

/// The root of the integral of the squared difference between a component and a function.
func rootSquareError(
    _ assembler: Assembler, _ state: [Double], component: Int, _ exact: (SIMD2<Double>) -> Double
) -> Double {
    var sum = 0.0
    assembler.forEachPoint(unknowns: state) { fields, point in
        let difference = fields[component].value - exact(point.position)
        sum += point.weight * difference * difference
    }
    return sum.squareRoot()
}

/// The unit square moved to x >= `from`, its inside bent and its sides kept.
func curvedSquare(_ cells: Int, from: Double) throws(MeshError) -> QuadrilateralMesh {
    let line = LineMesh(length: 1, cells: cells, grading: 1)
    return try QuadrilateralMesh(x: line, y: line) { place in
        let bend = 0.06 * sin(.pi * place.x) * sin(.pi * place.y)
        return place + SIMD2(from + bend, -bend)
    }
}

/// Displacement, lithium and mechanical potential, as a layer numbers them.
let layerFields: [Field] = [.vector("u", .quadratic), .scalar("c", .linear), .scalar("p", .linear)]
