import Cases
import Foundation
import Materials
import Testing

@Suite("The potential of a cathode in a material file") struct OpenCircuitTests {
    private func law(_ overrides: String...) throws -> OpenCircuitPotential {
        try #require(try MaterialRecord("nmc811", overrides: overrides).material.openCircuit).law
    }

    /// LG M50, Chen et al., J. Electrochem. Soc. 167 (2020) 080534.
    private func chen(_ s: Double) -> Double {
        let line: Double = -0.8090 * s + 4.4875
        let middle: Double = 0.0428 * tanh(18.5138 * (s - 0.5542))
        let fall: Double = 17.7326 * tanh(15.7890 * (s - 0.3117))
        let rise: Double = 17.5842 * tanh(15.9308 * (s - 0.3120))
        return line - middle - fall + rise
    }

    @Test("NMC811 has the potential of Chen et al. 2020, 4.27 V charged and 3.56 V discharged")
    func values() throws {
        let law = try law()
        for s in [0.27, 0.5, 0.9] { #expect(abs(law(lithiumFraction: s) - chen(s)) < 1e-12) }
        #expect(law.lithiumFraction == 0.27...0.9084)
        #expect(abs(law(lithiumFraction: 0.27) - 4.273) < 5e-4)
        #expect(abs(law(lithiumFraction: 0.9084) - 3.5614) < 5e-5)
    }

    @Test("It falls all the way, and goes no lower than 3.487 V in a full host")
    func falls() throws {
        let law = try law()
        let potentials: [Double] = (0...1000).map { law(lithiumFraction: 0.27 + 0.73 * Double($0) / 1000) }
        #expect(zip(potentials, potentials.dropFirst()).allSatisfy(>))
        #expect(abs((potentials.last ?? 0) - 3.4873) < 5e-5)
    }

    @Test("The capacity is F (0.9084 - 0.27) c_max over the density, more than one lithium per formula unit gives")
    func capacity() throws {
        let law = try law()
        let span = 0.9084 - 0.27
        let expected = 96485.33212 * span * 63104 / 4780
        #expect(abs(law.specificCapacity / expected - 1) < 1e-3)
        // LiNi0.8Mn0.1Co0.1O2, 97.28 g/mol; 1 mAh/g is 3600 C/kg
        let crystal = 96485.33212 * span / 0.09728
        #expect(abs(crystal / 3600 - 176) < 0.5)
        #expect(law.specificCapacity > 1.2 * crystal)
        #expect(try self.law("open_circuit.specific_capacity=200 mAh/g").specificCapacity == 7.2e5)
    }

    @Test(
        "A wrong cathode says what is expected",
        arguments: [
            ("formula=4 - x", "`formula`: unknown name `x`"),
            ("formula=4 + s", "`formula`: U goes from 4.27 V at s = 0.27 to"),
            ("formula=4 - 1 / (s - 0.27)", "`formula`: U is -inf at s = 0.27, expected a finite potential"),
            (
                "lithium_fraction=[0.9, 0.3]",
                "`lithium_fraction`: expected two values, that of the charged cathode first"
            ),
            ("lithium_fraction=[0.3, 0.5, 0.9]", "`lithium_fraction`: expected two values"),
            ("lithium_fraction=[0.3, 1.1]", "`lithium_fraction`: 1.1 is out of range, expected at least 0, at most 1"),
            (
                "specific_capacity=4 mAh/cm^2",
                "`specific_capacity`: expected a charge per mass (such as `mAh/g`), found a charge per area"
            ),
            ("specific_capacity=0 mAh/g", "`specific_capacity`: 0 mAh/g is out of range, expected more than 0 mAh/g"),
        ])
    func wrong(override: String, message: String) throws {
        let found = try problems { try MaterialRecord("nmc811", overrides: ["open_circuit.\(override)"]) }
        #expect(found.count == 1 && found.joined().contains(message), "\(found)")
    }
}
