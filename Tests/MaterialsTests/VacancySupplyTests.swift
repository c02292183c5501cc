import LinearAlgebra
import Materials
import TestSupport
import Testing

@Suite("Supply of an interface by vacancies")
struct VacancySupplyTests {
    /// f of the bcc lattice: K. Compaan, Y. Haven, Trans. Faraday Soc. 52 (1956) 786. Ω of lithium: a round value.
    private func supply(_ supersaturation: Double, distance: Double) -> VacancySupply {
        VacancySupply(
            supersaturation: supersaturation, sinkDistance: distance, correlationFactor: 0.727, molarVolume: 13e-6)
    }

    @Test("Twice as many vacancies as in equilibrium, sinks at 10 um, D* = 1e-14 m2/s")
    func value() {
        let density: Double = supply(2, distance: 10e-6).currentDensity(tracerDiffusivity: 1e-14)
        // 96485.33212 * 1e-14 / (13e-6 * 0.727 * 1e-5)
        #expect(abs(density - 10.209008) < 1e-5)
    }

    @Test("It is the flux of a linear profile of vacancies, (D*/f) dS/dy c_L")
    func profile() {
        var random = SplitMix(state: 3)
        for _ in 0..<50 {
            let supersaturation = Double.random(in: 1...11, using: &random)
            let distance = Double.random(in: 1e-7...1e-4, using: &random)
            let diffusivity = Double.random(in: 1e-16...1e-13, using: &random)
            let density: Double = supply(supersaturation, distance: distance)
                .currentDensity(tracerDiffusivity: diffusivity)
            let gradient: Double = (supersaturation - 1) / distance
            let flux: Double = diffusivity / 0.727 * gradient / 13e-6
            #expect(abs(density - 96485.33212 * flux) <= 1e-12 * density)
        }
    }

    @Test("No supersaturation, no current; the derivative by the diffusivity is that of a straight line")
    func limits() {
        #expect(supply(1, distance: 1e-5).currentDensity(tracerDiffusivity: 1e-14) == 0)
        let law = supply(4, distance: 1e-5)
        let dual = law.currentDensity(tracerDiffusivity: Dual<Double>(2e-14, partials: 1))
        let value: Double = law.currentDensity(tracerDiffusivity: 2e-14)
        #expect(abs(dual.value - value) <= 1e-15 * value)
        #expect(abs(dual.partials * 2e-14 - value) <= 1e-12 * value)
    }
}
