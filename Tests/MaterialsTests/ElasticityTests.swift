import LinearAlgebra
import Materials
import TestSupport
import Testing

/// Lithium by pulse echo at 26 degC (Masias et al., J. Mater. Sci. 54 (2019) 2585).
private let lithium = ElasticConstants(youngsModulus: 7.82e9, poissonsRatio: 0.381)
/// Magnesium, handbook values.
private let magnesium = ElasticConstants(youngsModulus: 45e9, poissonsRatio: 0.29)
/// 13.0 and 14.0 cm3/mol.
private let byVolume = ElasticMixture.Weight.volumeFraction(lithiumVolume: 13e-6, hostVolume: 14e-6)

private func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool { abs(a - b) <= tolerance * abs(b) }

@Suite struct ElasticConstantsTests {
    @Test("From E and ν of lithium follow the shear and bulk moduli that Masias et al. measured with them")
    func lithiumModuli() {
        #expect(close(lithium.shearModulus, 2.83e9, 1e-3))
        #expect(close(lithium.bulkModulus, 11.07e9, 0.012))
        #expect(lithium.isStable)
    }

    @Test("E and ν, K and G, and λ convert into each other for every stable solid")
    func conversions() {
        var random = SplitMix(state: 1)
        for _ in 0..<500 {
            let modulus = Double.random(in: 1e6...1e12, using: &random)
            let ratio = Double.random(in: -0.99...0.49, using: &random)
            let first = ElasticConstants(youngsModulus: modulus, poissonsRatio: ratio)
            let second = ElasticConstants(bulkModulus: first.bulkModulus, shearModulus: first.shearModulus)
            #expect(first.isStable)
            #expect(close(second.youngsModulus, modulus, 1e-13))
            #expect(abs(second.poissonsRatio - ratio) < 1e-13)
            let lame = modulus * ratio / ((1 + ratio) * (1 - 2 * ratio))
            #expect(abs(first.lameConstant - lame) < 1e-12 * first.bulkModulus)
        }
    }

    @Test("Poisson's ratio of 1/2 is the incompressible limit, K infinite and E = 3 G")
    func incompressible() {
        let solid = ElasticConstants(youngsModulus: 3.0, poissonsRatio: 0.5)
        #expect(solid.bulkModulus == .infinity && solid.isStable)
        #expect(close(solid.youngsModulus, 3 * solid.shearModulus, 1e-15))
        #expect(solid.poissonsRatio == 0.5)
    }

    @Test("Constants outside -1 < ν < 1/2 or with a negative modulus are unstable", arguments: [-1.01, 0.51, 0.9])
    func unstable(ratio: Double) {
        #expect(!ElasticConstants(youngsModulus: 1e9, poissonsRatio: ratio).isStable)
        #expect(!ElasticConstants(youngsModulus: -1e9, poissonsRatio: 0.3).isStable)
    }
}

@Suite struct ElasticMixtureTests {
    static let rules: [ElasticMixture.Rule] = [.voigt, .reuss, .hill, .voigtOfYoungsModulus]
    static let weights: [ElasticMixture.Weight] = [.moleFraction, byVolume]

    private func mixture(_ rule: ElasticMixture.Rule, _ weight: ElasticMixture.Weight) -> ElasticMixture {
        ElasticMixture(lithium: lithium, host: magnesium, rule: rule, weight: weight)
    }

    @Test("The pure constituents are met, and every alloy between them is stable", arguments: rules, weights)
    func ends(rule: ElasticMixture.Rule, weight: ElasticMixture.Weight) {
        let law = mixture(rule, weight)
        for (x, pure) in [(0.0, magnesium), (1.0, lithium)] {
            let end = law(moleFraction: x)
            #expect(close(end.bulkModulus, pure.bulkModulus, 1e-15))
            #expect(close(end.shearModulus, pure.shearModulus, 1e-15))
        }
        for step in 0...100 {
            let alloy = law(moleFraction: Double(step) / 100)
            #expect(alloy.isStable && alloy.poissonsRatio > -1 && alloy.poissonsRatio < 0.5)
        }
    }

    @Test("Reuss <= Hill <= Voigt for K, G and E of any two constituents", arguments: weights)
    func bounds(weight: ElasticMixture.Weight) {
        var random = SplitMix(state: 2)
        for _ in 0..<300 {
            let moduli = (0..<4).map { _ in Double.random(in: 1e8...1e12, using: &random) }
            let x = Double.random(in: 0...1, using: &random)
            let first = ElasticConstants(bulkModulus: moduli[0], shearModulus: moduli[1])
            let second = ElasticConstants(bulkModulus: moduli[2], shearModulus: moduli[3])
            let means = [ElasticMixture.Rule.reuss, .hill, .voigt].map {
                ElasticMixture(lithium: first, host: second, rule: $0, weight: weight)(moleFraction: x)
            }
            for (lower, upper) in zip(means, means.dropFirst()) {
                #expect(lower.bulkModulus <= upper.bulkModulus * (1 + 1e-14))
                #expect(lower.shearModulus <= upper.shearModulus * (1 + 1e-14))
                #expect(lower.youngsModulus <= upper.youngsModulus * (1 + 1e-14))
            }
        }
    }

    @Test("Half and half by volume: Voigt and Reuss are the arithmetic and harmonic means, Hill the mean of these")
    func half() {
        let x = 14.0 / 27
        let (a, b) = (lithium.shearModulus, magnesium.shearModulus)
        let voigt = mixture(.voigt, byVolume)(moleFraction: x).shearModulus
        let reuss = mixture(.reuss, byVolume)(moleFraction: x).shearModulus
        let hill = mixture(.hill, byVolume)(moleFraction: x).shearModulus
        #expect(close(voigt, (a + b) / 2, 1e-14))
        #expect(close(reuss, 2 * a * b / (a + b), 1e-14))
        #expect(close(hill, (voigt + reuss) / 2, 1e-14))
    }

    @Test(
        "The rule of Wang et al. is a straight line of E in the mole fraction at constant ν",
        arguments: [0.0, 0.1, 0.6, 1])
    func wang(x: Double) {
        let law = ElasticMixture(
            lithium: ElasticConstants(youngsModulus: 7.8e9, poissonsRatio: 0.3),
            host: ElasticConstants(youngsModulus: 45e9, poissonsRatio: 0.3), rule: .voigtOfYoungsModulus,
            weight: .moleFraction)
        let alloy = law(moleFraction: x)
        #expect(close(alloy.youngsModulus, 45e9 - 37.2e9 * x, 1e-14))
        #expect(close(alloy.poissonsRatio, 0.3, 1e-14))
    }

    @Test("Derivatives by dual numbers equal central differences", arguments: rules, weights)
    func derivatives(rule: ElasticMixture.Rule, weight: ElasticMixture.Weight) {
        let law = mixture(rule, weight)
        for x in [0.05, 0.3, 0.5, 0.9] {
            let h = 1e-5
            let dual = law(moleFraction: Dual<Double>.variable(x))
            let (below, above) = (law(moleFraction: x - h), law(moleFraction: x + h))
            #expect(close(dual.bulkModulus.partials, (above.bulkModulus - below.bulkModulus) / (2 * h), 1e-7))
            #expect(close(dual.shearModulus.partials, (above.shearModulus - below.shearModulus) / (2 * h), 1e-7))
            #expect(close(dual.youngsModulus.partials, (above.youngsModulus - below.youngsModulus) / (2 * h), 1e-7))
        }
    }
}
