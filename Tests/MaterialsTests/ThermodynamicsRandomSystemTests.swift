import Foundation
import Materials
import TestSupport
import Testing

@Suite struct RandomSystemTests {
    /// A database of three solutions with up to four Redlich-Kister terms and up to three compounds.
    private func database(_ random: inout SplitMix) -> String {
        func number(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }
        var lines = ["ELEMENT LI BCC_A2 7 0 0 !", "ELEMENT ZN HCP_ZN 65 0 0 !"]
        for name in ["BCC_A2", "FCC_A1", "HCP_A3"] {
            lines += ["PHASE \(name) % 1 1 !", "CONST \(name) : LI,ZN : !"]
            for element in ["LI", "ZN"] {
                lines.append("PAR G(\(name),\(element);0) 298.15 \(number(-3000...3000)); 6000 N !")
            }
            for order in 0..<Int.random(in: 0...4, using: &random) {
                lines.append("PAR L(\(name),LI,ZN;\(order)) 298.15 \(number(-15_000...15_000)); 6000 N !")
            }
        }
        for index in 0..<Int.random(in: 0...3, using: &random) {
            let sites = (Int.random(in: 1...5, using: &random), Int.random(in: 1...5, using: &random))
            let energy = Double(sites.0 + sites.1) * number(-8000 ... -1000)
            lines += ["PHASE C\(index) % 2 \(sites.0) \(sites.1) !", "CONST C\(index) : LI : ZN : !"]
            lines.append("PAR G(C\(index),LI:ZN;0) 298.15 \(energy); 6000 N !")
        }
        return lines.joined(separator: "\n")
    }

    private func energy(of phase: AlloyThermodynamics.Phase, at x: Double) -> Double {
        switch phase.model {
        case .solution(let solution): solution.gibbsEnergy(moleFraction: x)
        case .compound(let own, let energy): x == own ? energy : .infinity
        }
    }

    @Test(
        "Equilibria of random systems cover all compositions, lie below every phase, and have falling potentials",
        arguments: 0..<10)
    func equilibria(seed: Int) throws {
        var random = SplitMix(state: UInt64(9000 + seed))
        var gaps = 0
        for _ in 0..<60 {
            let text = database(&random)
            let system = try ThermodynamicDatabase(text: text, path: "x.tdb").binary(lithium: "LI", host: "ZN")
            let temperature = Double.random(in: 298.15...1000, using: &random)
            let alloy = try AlloyThermodynamics(system, temperature: temperature)
            let equilibrium = try alloy.equilibrium()
            let fields = equilibrium.fields
            #expect(fields.first?.moleFractions.lowerBound == 0 && fields.last?.moleFractions.upperBound == 1)
            for (left, right) in zip(fields, fields.dropFirst()) {
                #expect(left.moleFractions.upperBound == right.moleFractions.lowerBound, "\(text)")
            }
            for line in equilibrium.tieLines {
                gaps += line.poorPhase == line.richPhase ? 1 : 0
                for step in 0...400 {
                    let x = Double(step) / 400
                    let tangent = x * line.chemicalPotentialLithium + (1 - x) * line.chemicalPotentialHost
                    let lowest = alloy.phases.map { energy(of: $0, at: x) }.min() ?? .infinity
                    #expect(lowest > tangent - 1e-2, "\(text)")
                }
            }
            var last = Double.infinity
            for step in 1...300 {
                let potential = try equilibrium.equilibriumPotential(moleFraction: Double(step) / 300)
                #expect(potential <= last + 1e-12, "\(text)")
                last = potential
            }
        }
        #expect(gaps > 1)
    }
}
