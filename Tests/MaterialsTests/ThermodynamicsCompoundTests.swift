import Foundation
import Materials
import Quantities
import Testing

/// An invented system with two ideal solutions and two compounds, whose host comes before lithium in the alphabet.
let inventedDatabase = """
    ELEMENT VA VACUUM 0 0 0 !
    ELEMENT AG FCC_A1 107.87 5745 42.55 !
    ELEMENT LI BCC_A2 6.941 4623.3 29.095 !
    FUNCTION TWO 250 2000; 1000 N !
    PHASE FCC_A1 % 2 1 1 !
    CONST FCC_A1 : AG%,LI : VA : !
    PAR G(FCC_A1,AG:VA;0) 250 0; 1000 N !
    PAR G(FCC_A1,LI:VA;0) 250 1000; 1000 N !
    PHASE BCC_A2 % 2 2 6 !
    CONST BCC_A2 : AG,LI% : VA : !
    PAR G(BCC_A2,AG:VA;0) 250 2*TWO; 1000 N !
    PAR G(BCC_A2,LI:VA) 250 0; 1000 N !
    PHASE AGLI % 3 1 1 3 !
    CONST AGLI : LI : AG : VA : !
    PAR G(AGLI,LI:AG:VA;0) 250 -20000; 1000 N !
    PHASE AGLI3 % 2 1 3 !
    CONST AGLI3 : AG : LI : !
    PAR G(AGLI3,AG:LI;0) 250 -24000; 1000 N !
    PHASE B2 % 2 .5 .5 !
    CONST B2 : AG,LI : AG,LI : !
    PAR G(B2,AG:LI;0) 250 -99999; 1000 N !
    """

@Suite struct CompoundEquilibriumTests {
    private func system(_ more: String = "") throws -> BinarySystem {
        try ThermodynamicDatabase(text: inventedDatabase + "\n" + more, path: "test.tdb").binary(
            lithium: "li", host: "ag")
    }

    @Test("Solutions and compounds are taken per mole of atoms, an ordered solution is left out with its reason")
    func phases() throws {
        let system = try system()
        #expect(system.phases.map(\.name) == ["FCC_A1", "BCC_A2", "AGLI", "AGLI3"])
        #expect(
            system.phases.map(\.model) == [
                .solution, .solution, .compound(moleFraction: 0.5), .compound(moleFraction: 0.75),
            ])
        #expect(system.omitted.map(\.name) == ["B2"] && system.omitted.map(\.line) == [19])
        #expect(system.omitted.map(\.reason) == ["constituents mix on 2 of its sublattices"])
        let alloy = try AlloyThermodynamics(system, temperature: 300)
        #expect(try alloy.phase(named: "agli").model == .compound(moleFraction: 0.5, gibbsEnergy: -10_000))
        #expect(try alloy.phase(named: "AGLI3").model == .compound(moleFraction: 0.75, gibbsEnergy: -6000))
        #expect(try alloy.solution(named: "BCC_A2").host == 2000)
        #expect(alloy.referencePhase == "BCC_A2" && alloy.referenceEnergy == 0)
        let error = #expect(throws: DatabaseError.self) { try system.phase(named: "B2") }
        #expect(
            error?.description.hasPrefix("test.tdb:19: the phase B2 cannot be used for LI-AG: constituents mix") == true
        )
    }

    @Test("The equilibria are those worked out by hand", arguments: [280.0, 300, 400, 600])
    func equilibrium(temperature: Double) throws {
        let equilibrium = try AlloyThermodynamics(system(), temperature: temperature).equilibrium()
        let expected = [
            ["FCC_A1"], ["FCC_A1", "AGLI"], ["AGLI"], ["AGLI", "AGLI3"], ["AGLI3"], ["AGLI3", "BCC_A2"], ["BCC_A2"],
        ]
        #expect(equilibrium.fields.map(\.phases) == expected)
        let lines = equilibrium.tieLines
        let thermal = Constants.gasConstant * temperature
        // fcc and AGLI: [RT ln y + 1000 + RT ln x] / 2 = -10000, so x (1 - x) = exp(-21000 / RT)
        let product = exp(-21_000 / thermal)
        let poor = 2 * product / (1 + (1 - 4 * product).squareRoot())
        #expect(abs(lines[0].moleFractions.lowerBound / poor - 1) < 1e-12)
        #expect(lines[0].moleFractions.upperBound == 0.5)
        #expect(abs(lines[0].chemicalPotentialLithium - (1000 + thermal * log(poor))) < 1e-8)
        // between the compounds the slope is 4000 / 0.25
        #expect(lines[1].moleFractions == 0.5...0.75)
        #expect(lines[1].chemicalPotentialLithium == -2000)
        #expect(lines[1].chemicalPotentialHost == -18_000)
        #expect(abs(equilibrium.plateauPotential(of: lines[1]) - 2000 / 96485.33212) < 1e-15)
        // AGLI3 and bcc: 3 RT ln x + 2000 + RT ln y = -24000
        let rich = lines[2].moleFractions.upperBound
        let residual = 3 * thermal * log(rich) + 2000 + thermal * log(1 - rich) + 24_000
        #expect(abs(residual) < 1e-6 * thermal)
        #expect(lines[2].moleFractions.lowerBound == 0.75)
    }

    @Test("At a compound the potential is that of the field rich in lithium")
    func jump() throws {
        let equilibrium = try AlloyThermodynamics(system(), temperature: 300).equilibrium()
        let at = try equilibrium.equilibriumPotential(moleFraction: 0.5)
        #expect(at == (try equilibrium.equilibriumPotential(moleFraction: 0.6)))
        #expect(at < (try equilibrium.equilibriumPotential(moleFraction: 0.4)))
    }

    @Test("Compounds alone reach from the first to the last, beyond them is no equilibrium")
    func compoundsOnly() throws {
        let alloy = try AlloyThermodynamics(system(), temperature: 300)
        let equilibrium = try alloy.equilibrium(among: ["AGLI", "AGLI3"])
        #expect(equilibrium.fields.map(\.phases) == [["AGLI"], ["AGLI", "AGLI3"], ["AGLI3"]])
        #expect(abs(try equilibrium.equilibriumPotential(moleFraction: 0.75) - 2000 / 96485.33212) < 1e-15)
        let error = #expect(throws: DatabaseError.self) { try equilibrium.equilibriumPotential(moleFraction: 0.2) }
        #expect(error?.message == "no equilibrium at mole fraction 0.2 of lithium, the phases reach from 0.5 to 0.75")
        let line = try alloy.commonTangent(between: "AGLI3", and: "AGLI", from: (0.1, 0.2))
        #expect(line.moleFractions == 0.5...0.75)
        #expect(throws: DatabaseError.self) { try alloy.openCircuitPotential(moleFraction: 0.5, of: "AGLI") }
    }

    @Test("A solubility far below round-off of the mole fraction keeps its digits")
    func tinySolubility() throws {
        // with a pure host phase that is not stable, so that the pure end itself is sampled
        let more = """
            PHASE DEEP % 2 1 1 !
            CONST DEEP : AG : LI : !
            PAR G(DEEP,AG:LI;0) 250 -400000; 1000 N !
            PHASE HIGH % 1 1 !
            CONST HIGH : AG : !
            PAR G(HIGH,AG;0) 250 500; 1000 N !
            """
        let equilibrium = try AlloyThermodynamics(system(more), temperature: 300).equilibrium()
        let line = try #require(equilibrium.tieLines.first)
        let thermal = Constants.gasConstant * 300
        // RT ln y + 1000 + RT ln x = -400000 with y = 1
        #expect(abs(line.moleFractions.lowerBound / exp(-401_000 / thermal) - 1) < 1e-11)
        #expect(line.richPhase == "DEEP")
    }

    @Test(
        "Odd Redlich-Kister terms multiply x_Ag - x_Li, in whatever order the constituents stand",
        arguments: ["AG,LI", "LI,AG"])
    func sign(order: String) throws {
        let more = "PAR L(FCC_A1,\(order):VA;1) 250 1000; 1000 N !\nPAR L(BCC_A2,\(order):VA;3) 250 3000; 1000 N !"
        let system = try system(more)
        let alloy = try AlloyThermodynamics(system, temperature: 300)
        let fcc = try alloy.solution(named: "FCC_A1")
        #expect(fcc.coefficients[1] == -1000)
        let ideal = try AlloyThermodynamics(self.system(), temperature: 300).solution(named: "FCC_A1")
        let excess = fcc.gibbsEnergy(moleFraction: 0.3) - ideal.gibbsEnergy(moleFraction: 0.3)
        #expect(abs(excess - 0.3 * 0.7 * 1000 * (0.7 - 0.3)) < 1e-10)
        // two sites of the formula unit mix, so per mole of atoms it is half
        #expect(try alloy.solution(named: "BCC_A2").coefficients[3] == -1500)
        let energy = try system.gibbsEnergy(of: "FCC_A1", moleFraction: 0.3, temperature: 300)
        #expect(abs(energy - fcc.gibbsEnergy(moleFraction: 0.3)) < 1e-10)
    }

    @Test(
        "A miscibility gap is found and has the limits of a regular solution",
        arguments: [2.00001, 2.001, 2.05, 2.5, 3, 6, 20])
    func miscibilityGap(strength: Double) throws {
        let parameter = "PAR L(FCC_A1,AG,LI:VA;0) 250 \(strength)*R*T; 1000 N !\nPAR G(FCC_A1,LI:VA;0) 250 0; 1000 N !"
        let lines = inventedDatabase.split(separator: "\n").filter { !$0.contains("G(FCC_A1,LI:VA;0)") }
        let text = lines.joined(separator: "\n") + "\n" + parameter
        let system = try ThermodynamicDatabase(text: text, path: "gap.tdb").binary(lithium: "LI", host: "AG")
        let alloy = try AlloyThermodynamics(system, temperature: 300)
        let equilibrium = try alloy.equilibrium(among: ["FCC_A1"])
        #expect(equilibrium.fields.map(\.phases) == [["FCC_A1"], ["FCC_A1", "FCC_A1"], ["FCC_A1"]])
        let line = try #require(equilibrium.tieLines.first)
        // ln(x / (1 - x)) = W (2x - 1)
        let (low, high) = (line.moleFractions.lowerBound, line.moleFractions.upperBound)
        #expect(abs(log(low / (1 - low)) - strength * (2 * low - 1)) < 1e-10)
        #expect(abs(low + high - 1) < 1e-13 + 1e-15 / (strength - 2))
        #expect(low < 0.5)
        for start in [(0.1, 0.2), (0.3, 0.9), (0.5, 0.5), (0.999, 0.001)] {
            let found = try alloy.commonTangent(between: "FCC_A1", and: "FCC_A1", from: start)
            // round-off is amplified towards the critical point, W = 2
            #expect(abs(found.moleFractions.lowerBound - low) < 1e-13 + 1e-15 / (strength - 2))
        }
    }

    @Test("Above its critical point a regular solution has no gap")
    func noGap() throws {
        let system = try system("PAR L(FCC_A1,AG,LI:VA;0) 250 1.99*R*T; 1000 N !")
        let alloy = try AlloyThermodynamics(system, temperature: 300)
        #expect(try alloy.equilibrium(among: ["FCC_A1"]).tieLines.isEmpty)
        #expect(throws: DatabaseError.self) {
            try alloy.commonTangent(between: "FCC_A1", and: "FCC_A1", from: (0.2, 0.8))
        }
    }
}
