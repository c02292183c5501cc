import Foundation
import Materials
import TestSupport
import Testing

@Suite struct CommonTangentTests {
    @Test("From thousands of random starts the same lower tangent of hcp and bcc comes out", arguments: 0..<24)
    func randomStarts(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let temperature = seed == 0 ? 298.15 : Double.random(in: 298.15...440, using: &random)
        let alloy = try AlloyThermodynamics(lithiumMagnesium(), temperature: temperature)
        let (hcp, bcc) = (try alloy.solution(named: "HCP_A3"), try alloy.solution(named: "BCC_A2"))
        let expected = try alloy.commonTangent(between: "HCP_A3", and: "BCC_A2")
        let (low, high) = (expected.moleFractions.lowerBound, expected.moleFractions.upperBound)
        #expect(expected.poorPhase == "HCP_A3" && expected.richPhase == "BCC_A2")
        let lithium = expected.chemicalPotentialLithium
        let host = expected.chemicalPotentialHost
        #expect(abs(hcp.chemicalPotentialLithium(moleFraction: low) - lithium) < 1e-9)
        #expect(abs(bcc.chemicalPotentialLithium(moleFraction: high) - lithium) < 1e-9)
        #expect(abs(hcp.chemicalPotentialHost(moleFraction: low) - host) < 1e-9)
        #expect(abs(bcc.chemicalPotentialHost(moleFraction: high) - host) < 1e-9)
        for step in 0...20_000 {
            let x = Double(step) / 20_000
            let line = x * lithium + (1 - x) * host
            #expect(min(hcp.gibbsEnergy(moleFraction: x), bcc.gibbsEnergy(moleFraction: x)) > line - 1e-9)
        }
        for round in 0..<200 {
            var start = (Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random))
            // every tenth start lies at an end, or has both phases at the same composition
            if round % 10 == 0 { start.0 = pow(10, Double.random(in: -300 ... -1, using: &random)) }
            if round % 10 == 5 { start.1 = start.0 }
            let line = try alloy.commonTangent(between: "HCP_A3", and: "BCC_A2", from: start)
            #expect(line.poorPhase == "HCP_A3")
            #expect(abs(line.moleFractions.lowerBound - low) < 1e-14)
            #expect(abs(line.moleFractions.upperBound - high) < 1e-14)
            let turned = try alloy.commonTangent(between: "BCC_A2", and: "HCP_A3", from: (start.1, start.0))
            #expect(abs(turned.chemicalPotentialLithium - lithium) < 1e-9)
        }
    }

    @Test("At every kelvin from 298.15 to 440 K the tangent is found from any start, and moves steadily")
    func everyTemperature() throws {
        var random = SplitMix(state: 440)
        let system = try lithiumMagnesium()
        var last: (temperature: Double, line: TieLine)?
        for temperature in Array(stride(from: 298.15, to: 440, by: 1)) + [440] {
            let alloy = try AlloyThermodynamics(system, temperature: temperature)
            let line = try #require(try alloy.equilibrium(among: ["HCP_A3", "BCC_A2"]).tieLines.first)
            for _ in 0..<10 {
                let start = (Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random))
                let found = try alloy.commonTangent(between: "HCP_A3", and: "BCC_A2", from: start)
                #expect(abs(found.moleFractions.lowerBound - line.moleFractions.lowerBound) < 1e-13)
                #expect(abs(found.moleFractions.upperBound - line.moleFractions.upperBound) < 1e-13)
            }
            if let last {
                let step = temperature - last.temperature
                let change = line.moleFractions.lowerBound - last.line.moleFractions.lowerBound
                // the hcp side gains some 8e-5 of lithium per kelvin
                #expect(change > 0 && change < 2e-4 * step)
            }
            last = (temperature, line)
        }
    }

    @Test("Starts outside the open interval are as good as none", arguments: [-1, 0, 1, 2, .nan, .infinity])
    func badStart(x: Double) throws {
        let alloy = try AlloyThermodynamics(lithiumMagnesium(), temperature: 298.15)
        let line = try alloy.commonTangent(between: "HCP_A3", and: "BCC_A2", from: (x, 0.4))
        #expect(line == (try alloy.commonTangent(between: "HCP_A3", and: "BCC_A2")))
    }

    @Test("Phases without a common tangent say so")
    func none() throws {
        let alloy = try AlloyThermodynamics(lithiumMagnesium(), temperature: 298.15)
        for (first, second) in [("BCC_A2", "BCC_A2"), ("BCC_A2", "LIQUID")] {
            let error = #expect(throws: DatabaseError.self) {
                try alloy.commonTangent(between: first, and: second, from: (0.2, 0.7))
            }
            #expect(error?.message == "\(first) and \(second) have no common tangent at 298.15 K")
        }
    }
}
