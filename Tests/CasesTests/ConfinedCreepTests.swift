import Cases
import Foundation
import Materials
import TestSupport
import Testing

/// The cell of S.-Y. Ham, dissertation, University of California San Diego (2024): 25 MPa in a fixed gap.
@Suite("The pressure that a cell in a fixed gap loses") struct ConfinedCreepTests {
    /// Cell and rig, Pa/m: one number through swings of 0.73, 2.14 and 6.2 MPa at 6.4, 25.5 and 51.0 mg/cm2 of cathode
    /// with 19 um at 25.5 mg/cm2, by least squares of K dh/dP - 1.
    private static let stiffness: Double = {
        let swings = [(6.4, 0.73e6), (25.5, 2.14e6), (51.0, 6.2e6)]
        let ratios = swings.map { loading, swing in 19e-6 * loading / 25.5 / swing }
        return ratios.reduce(0, +) / ratios.map { $0 * $0 }.reduce(0, +)
    }()

    /// The loss in Pa after a time in s, by the classical Runge-Kutta rule, with a layer that keeps its
    /// thickness.
    private func loss(_ law: ConfinedCreep, after duration: Double, temperature: Double) -> Double {
        let stiffness = Self.stiffness
        let first = 50e-6
        func slope(_ thickness: Double) -> Double {
            -first
                * law.thinningRate(
                    pressure: 25e6 - stiffness * (first - thickness), thickness: first, radius: 5e-3,
                    temperature: temperature)
        }
        let step = 2.0
        var thickness = first
        for _ in 0..<Int(duration / step) {
            let k1 = slope(thickness)
            let k2 = slope(thickness + 0.5 * step * k1)
            let k3 = slope(thickness + 0.5 * step * k2)
            let k4 = slope(thickness + step * k3)
            thickness += step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        }
        return stiffness * (first - thickness)
    }

    private func library() throws -> Stated<ConfinedCreep> {
        try #require(try MaterialRecord("li").material.confinedCreep)
    }

    @Test("The two losses to which lithium's numbers are fitted are met", arguments: [(0.5, 2.2), (24, 3.9)])
    func fitted(hours: Double, measured: Double) throws {
        let found = try loss(library().law, after: 3600 * hours, temperature: 298.15) / 1e6
        #expect(abs(found / measured - 1) < 1e-3)
        Verification.record(
            .flow, "pressure lost by a cell in a fixed gap at 25 MPa in \(hours) h, 25 °C (fitted)",
            expected: "\(measured) MPa", found: String(format: "%.4f MPa", found), deviation: abs(found / measured - 1),
            bound: 1e-3)
    }

    @Test("At 40 degC 4.58 MPa are predicted in 30 min, a fifth less than the 5.6 MPa that were measured")
    func predicted() throws {
        let found = try loss(library().law, after: 1800, temperature: 313.15) / 1e6
        #expect(abs(found - 4.581) < 2e-3)
        #expect(found < 0.85 * 5.6)
    }

    @Test("The law is stated for 20 to 40 degC and 5 to 25 MPa")
    func ranges() throws {
        let validity = try library().validity
        #expect(validity.temperature == 293.15...313.15)
        #expect(validity.pressure == 5e6...25e6)
    }

    @Test(
        "A wrong value says what is expected",
        arguments: [
            ("exponent=1", "`exponent`: 1 is out of range, expected more than 1, at most 100"),
            ("friction_stress=-1 MPa", "`friction_stress`: -1 MPa is out of range, expected at least 0 Pa"),
            ("rate=1 MPa", "`rate`: expected a rate (such as `1/s`), found a pressure in `MPa`"),
            (
                "frictoin_stress=1 MPa",
                "unknown key `frictoin_stress` in `confined_creep`, did you mean `friction_stress`?"
            ),
        ])
    func wrong(override: String, message: String) throws {
        let found = try problems { try MaterialRecord("li", overrides: ["confined_creep.\(override)"]) }
        #expect(found.count == 1 && found.joined().contains(message), "\(found)")
    }
}
