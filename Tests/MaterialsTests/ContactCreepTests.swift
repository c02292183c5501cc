import LinearAlgebra
import Materials
import Testing

@Suite("Creep into the voids beside a contact")
struct ContactCreepTests {
    private let law = ContactCreep(
        ThinningLaw(
            velocity: Arrhenius(0.06e-6 / 3600, at: 303.15, activationEnergy: 37e3), referencePressure: 2.2e6,
            exponent: 4.191), temperature: 313.15, molarVolume: 13e-6)

    @Test(
        "Its tangent is the derivative of the law by dual numbers", arguments: [0.0, 1e-9, 0.1, 0.5, 0.99],
        [1.0, 2e6, 2e7])
    func tangent(void: Double, pressure: Double) {
        let dual: Dual<SIMD2<Double>> = law(
            void: Dual(void, partials: SIMD2(1, 0)), pressure: Dual(pressure, partials: SIMD2(0, 1)))
        let tangent = law.tangent(void: void, pressure: pressure)
        func isNear(_ found: Double, _ expected: Double) -> Bool { abs(found - expected) <= 1e-13 * abs(expected) }
        #expect(isNear(tangent.value, dual.value))
        #expect(isNear(tangent.byVoid, dual.partials.x))
        #expect(isNear(tangent.byPressure, dual.partials.y))
    }

    @Test(
        "Full contact and no pressure bring nothing; half contact at 2.2 MPa brings half of what a foil does at 4.4 MPa"
    )
    func values() {
        #expect(law.tangent(void: 0, pressure: 1e7).value == 0)
        #expect(law.tangent(void: 0.5, pressure: 0).value == 0)
        let foil = ThinningLaw(
            velocity: Arrhenius(0.06e-6 / 3600, at: 303.15, activationEnergy: 37e3), referencePressure: 2.2e6,
            exponent: 4.191)
        let expected: Double = 0.5 * foil(pressure: 4.4e6, temperature: 313.15) / 13e-6
        #expect(abs(law(void: 0.5, pressure: 2.2e6) / expected - 1) < 1e-13)
    }
}
