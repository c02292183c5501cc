import Foundation
import LinearAlgebra
import Materials
import TestSupport
import Testing

/// Lines 1 to 4 of a database.
private let elements = """
    ELEMENT VA VACUUM 0 0 0 !
    ELEMENT LI BCC_A2 6.941 4623.3 29.095 !
    ELEMENT MG HCP_A3 24.305 4998 32.671 !
    ELEMENT AL FCC_A1 26.98 4577 28.32 !
    """

/// Lines 5 to 8.
private let phase = """
    PHASE BCC_A2 % 2 1 3 !
    CONSTITUENT BCC_A2 : LI,MG,AL : VA : !
    PARAMETER G(BCC_A2,LI:VA;0) 298.15 1000; 3000 N !
    PARAMETER G(BCC_A2,MG:VA;0) 298.15 2000; 3000 N !
    """

/// What reading a database and taking Li-Mg out of it refuses.
private func refusal(_ text: String) -> String? {
    do throws(DatabaseError) {
        _ = try ThermodynamicDatabase(text: text, path: "x.tdb").binary(lithium: "LI", host: "MG")
        return nil
    } catch {
        return error.description
    }
}

@Suite struct ThermodynamicDatabaseTests {
    private func solution(_ more: String, at temperature: Double = 400) throws -> SolutionPhase {
        let database = try ThermodynamicDatabase(text: "\(elements)\n\(phase)\n\(more)", path: "x.tdb")
        let system = try database.binary(lithium: "LI", host: "MG")
        return try AlloyThermodynamics(system, temperature: temperature).solution(named: "BCC_A2")
    }

    @Test(
        "An interaction may be written in many ways",
        arguments: [
            "PARAMETER L(BCC_A2,LI,MG:VA;0) 298.15 -8000+5*T; 6000 N !",
            "par g(bcc_a2,li,mg:va;0) 298.15 -8000+5*t; 6000 n ref1 !",
            "PARA L(BCC_A2,MG,LI:VA;0) 298.15 -8000+5*T; 6000 N!",
            "PARAMETER L(BCC_A2,LI,MG:VA) 298.15 -8000+5*T; 6000 N !",
            "PARAMETER L(BCC_A2,LI,MG:VA;0),,-8000+5*T;,,N REF !", "PARAMETER L(BCC_A2,LI,MG:VA;0) -8000+5*T; 6000 N !",
            "PARAMETER L( BCC_A2 , LI% MG : VA ; 0 ) 298.15-8000+5*T; 6000 N !",
            "PARAMETER L(BCC_A2,LI,MG:*;0) 298.15 -8000+5*T; 6000 N !",
            "PARAMETER L(BCC_A2,LI,MG:VA;0) $ a comment !\n 298.15 -8000\n +5*T; $ more ;\r\n 6000 N !",
            "FUN HALF 298.15 -4000+2.5*T; 6000 N !\nPAR L(BCC_A2,LI,MG:VA;0) 298.15 2*HALF#; 6000 N !",
            "PAR L(BCC_A2,LI,MG:VA;0) 298.15 2*LATE; 6000 N !\nFUNCT LATE 298.15 -4000+2.5*T; 6000 N !",
            "PAR L(BCC_A2,LI,MG:VA;0) 298.15 0; 350 Y -8000+5*T; 6000 N !",
            "PAR L(BCC_A2,LI,MG:VA;0) 2.9815E+02 -8.0E3+5.*T**2*T**(-1); 6.0E+03 N !",
        ])
    func spellings(text: String) throws {
        let phase = try solution(text)
        #expect(phase.coefficientCount == 1)
        #expect(abs(phase.coefficients[0] + 6000) < 1e-9)
        #expect(phase.lithium == 1000 && phase.host == 2000)
    }

    @Test("Functions change at the joints of their ranges, the upper piece holding at the joint itself")
    func pieces() throws {
        let text = "PAR L(BCC_A2,LI,MG:VA;2) 298.15 T; 500 Y 2*T; 600 Y EXP(LN(T)); 700 N !"
        for (temperature, value) in [(298.15, 298.15), (499, 499), (500, 1000), (599, 1198), (600, 600), (700, 700)] {
            let phase = try solution(text, at: temperature)
            #expect(abs(phase.coefficients[2] - value) < 1e-9)
            #expect(phase.coefficients[0] == 0 && phase.coefficientCount == 3)
        }
        let error = #expect(throws: DatabaseError.self) { try solution(text, at: 701) }
        #expect(
            error?.description
                == "x.tdb:9: PARAMETER L(BCC_A2,LI,MG:VA;2) holds from 298.15 K to 700.0 K, not at 701.0 K")
    }

    @Test("The range of a system is where all its functions hold, through the functions they use")
    func range() throws {
        let text = """
            FUNCTION A 300 1; 900 N !
            FUNCTION B 200 A+1; 800 Y 5; 2000 N !
            PARAMETER L(BCC_A2,LI,MG:VA;0) 100 B; 6000 N !
            """
        let database = try ThermodynamicDatabase(text: "\(elements)\n\(phase)\n\(text)", path: "x.tdb")
        #expect(try database.binary(lithium: "LI", host: "MG").temperatureRange == 300...2000)
    }

    @Test("Commands without a bearing on the binary are read over, and those of other elements need not be understood")
    func otherCommands() throws {
        let more = """
            DATABASE_INFO anything at all; even this: 'N 6000 !
            TYPE_DEF % SEQ *!
            TYPE_DEFINITION & GES A_P_D BCC_A2 MAGNETIC -1.0 0.4 !
            DEF_SYS_DEF ELEMENT 2 !
            DEFAULT_COM DEF_SYS_ELEMENT VA !
            ASSESSED_SYSTEM AL-LI(TDB +ALLI ;G5 MAJ:BCC/AL:LI) !
            TEMP_LIM 298.15 6000 !
            VERSION_DATE 1 !
            SPECIES AL2 AL2!
            SPECIES AL+3 AL/+3!
            FUNCTION UN_ASS 298.15 0; 300 N !
            PHASE GAS:G % 1 1 !
            CONST GAS:G : AL,AL2,AL+3 : !
            PARAMETER G(GAS,AL2;0) 298.15 R*T*LN(1E-05*P); 6000 N !
            PHASE IONIC:Y % 2 1 1 !
            CONST IONIC:Y : AL+3 : VA : !
            PARAMETER G(IONIC,AL+3;0) 298.15 MISSING; 6000 N !
            PARAMETER TC(BCC_A2,AL:VA;0) 298.15 7; 6000 N !
            PARAMETER L(BCC_A2,AL,LI:VA;0) 298.15 MISSING*P; 6000 N !
            PARAMETER L(BCC_A2,AL,LI:VA;0) 298.15 8; 6000 N !
            PARAMETER L(BCC_A2,*,AL:VA;0) 298.15 8; 6000 N !
            PARAMETER MQ(BCC_A2&AL,*:*;0) 298.15 8; 6000 N !
            PARAMETER G(NOWHERE,AL:MG;0) 298.15 8; 6000 N !
            PARAMETER MQ(BCC_A2&LI,LI:VA;0) 298.15 8; 6000 N !
            LIST_OF_REFERENCES
            NUMBER SOURCE
            REF1 'Somebody' !
            ADD_REFERENCES X 'Y' !
            """
        #expect(try solution(more).coefficientCount == 0)
        let database = try ThermodynamicDatabase(text: "\(elements)\n\(phase)\n\(more)", path: "x.tdb")
        #expect(database.elements == ["AL", "LI", "MG"])
        #expect(database.phases == ["BCC_A2", "GAS", "IONIC"])
        let error = #expect(throws: DatabaseError.self) { try database.binary(lithium: "LI", host: "AL") }
        let message = try #require(error?.message)
        #expect(message.contains("BCC_A2: PARAMETER TC(BCC_A2,AL:VA;0) adds a magnetic or glass term"))
        #expect(message.contains("GAS: it is a gas"))
        #expect(message.contains("IONIC: its constituent AL+3 is not an element"))
    }

    @Test(
        "A phase that cannot be used is left out with its reason",
        arguments: [
            ("PHASE X % 2 1 1 !\nCONST X : LI,MG : LI,VA : !", 9, "constituents mix on 2 of its sublattices"),
            ("PHASE X % 1 1 !\nCONST X : LI,MG,VA : !", 9, "LI and MG mixes with vacancies"),
            ("PHASE X % 2 1 1 !\nCONST X : LI,MG : MG : !", 9, "beside the sublattice that LI and MG share"),
            ("PHASE X:G % 1 1 !\nCONST X:G : LI,MG : !", 9, "it is a gas"),
            (
                "SPECIES LIMG LI1MG1!\nPHASE X % 1 1 !\nCONST X : LI,MG,LIMG : !", 10,
                "its constituent LIMG is not an element"
            ),
            ("PHASE X % 2 1 1 !\nCONST X : LI : MG : !", 9, "there is no PARAMETER G(X,LI:MG;0)"),
            ("PHASE X % 1 1 !\nCONST X : LI : !\nPAR TC(X,LI;0) 1 5; 6000 N !", 11, "adds a magnetic or glass term"),
            ("PHASE X % 1 1 !\nCONST X : LI : !\nPAR G(X,LI;0) 1 P; 6000 N !", 11, "depends on the pressure"),
            ("PHASE X % 1 1 !\nCONST X : LI,MG : !\nPAR G(X,*;0) 1 5; 6000 N !", 11, "has a `*` for LI and MG"),
            (
                "PHASE X % 1 1 !\nCONST X : LI,MG : !\nPAR L(X,LI,MG;8) 1 5; 6000 N !", 11,
                "is beyond the 8 coefficients allowed"
            ),
        ])
    func omitted(text: String, line: Int, reason: String) throws {
        let database = try ThermodynamicDatabase(text: "\(elements)\n\(phase)\n\(text)", path: "x.tdb")
        let system = try database.binary(lithium: "LI", host: "MG")
        #expect(system.phases.map(\.name) == ["BCC_A2"])
        let omitted = try #require(system.omitted.first)
        #expect(omitted.name == "X" && omitted.line == line)
        #expect(omitted.reason.contains(reason), "\(omitted.reason)")
        let error = #expect(throws: DatabaseError.self) { try system.phase(named: "X") }
        #expect(error?.line == line && error?.message.contains(reason) == true)
    }

    @Test(
        "What is wrong is refused with its line",
        arguments: [
            ("FUNCTION A 298.15 1; 6000 N", 9, "the command that starts here does not end with `!`"),
            ("\n\nFUNCTON A 298.15 1; 6000 N !", 11, "unknown keyword `FUNCTON`, did you mean `FUNCTION`"),
            ("P X % 1 1 !", 9, "the keyword `P` may be `PHASE` or `PARAMETER`, write more of it"),
            ("FUNCTION A 298.15 1 6000 N !", 9, "does not end with `;`"),
            ("FUNCTION A 298.15\n1+*2; 6000 N !", 10, "expected a number, a name or `(`, found `*` in FUNCTION A"),
            ("FUNCTION A 298.15 1\n+\n2x; 6000 N !", 11, "expected an operator, found `x` in FUNCTION A"),
            ("FUNCTION A 298.15 1; 6000 !", 9, "expected `Y` or `N` after 6000.0 K of FUNCTION A, found `!`"),
            (
                "FUNCTION A 298.15 1; 6000 N\nFUNCTION B 1 1; 2 N !", 10,
                "expected `!` at the end of FUNCTION A, found `B`"
            ),
            ("FUNCTION A 500 1; 400 N !", 9, "the temperatures of FUNCTION A should increase, 400.0 K follows 500.0 K"),
            ("FUNCTION A 298.15 1; 400 Y\n2; 300 N !", 10, "should increase, 300.0 K follows 400.0 K"),
            ("FUNCTION A 298.15 1; 400 N !\nFUNCTION A 298.15 1; 400 N !", 10, "is there twice, first on line 9"),
            ("FUNCTION A 298.15 B; 400 N !\nFUNCTION B 298.15 A; 400 N !", 9, "in a circle: A uses B uses A"),
            ("FUNCTION A 298.15 1+A; 400 N !", 9, "functions go in a circle: A uses A"),
            ("FUNCTION A 298.15 SIN(T); 400 N !", 9, "unknown function `SIN`"),
            ("FUNCTION A 1.2.3 5; 400 N !", 9, "expected a temperature, found `1.2.3`"),
            ("ELEMENT CU FCC_A1 abc 1 2 !", 9, "expected the molar mass of CU, found `ABC`"),
            ("ELEMENT LI BCC_A2 1 2 3 !", 9, "the element LI is there twice"),
            ("ELEMENT CU FCC_A1 1 2 3 4 !", 9, "expected `!` at the end of ELEMENT CU, found `4`"),
            ("SPECIES XY XY1 !", 9, "the formula `XY1` of XY has no element at `XY`"),
            ("PHASE X % 2 1 !", 9, "expected the sites of each sublattice of X, found `!`"),
            ("PHASE X % 0 !", 9, "X has 0.0 sublattices"),
            ("PHASE X % 1 -1 !", 9, "the sites of X are not all positive"),
            ("PHASE BCC_A2 % 1 1 !", 9, "PHASE BCC_A2 is there twice"),
            ("PHASE X % 1 1 !", 9, "PHASE X has no CONSTITUENT"),
            ("CONST BCC_A3 : LI : VA : !", 9, "no PHASE named `BCC_A3` before this line, did you mean `BCC_A2`"),
            ("CONST BCC_A2 : LI : VA : !", 9, "CONSTITUENT BCC_A2 is there twice"),
            ("PHASE X % 2 1 1 !\nCONST X : LI : !", 10, "X has 2 sublattices, its CONSTITUENT lists 1"),
            ("PHASE X % 1 1 !\nCONST X : LY : !", 10, "`LY` in CONSTITUENT X is neither an ELEMENT nor a SPECIES"),
            (
                "PAR L(BCC_A3,LI,MG:VA;0) 298.15 1; 6000 N !", 9,
                "is of a phase that no PHASE defines, did you mean `BCC_A2`"
            ),
            ("PAR L(BCC_A2,LI,MQ:VA;0) 298.15 1; 6000 N !", 9, "has `MQ`, which is neither an ELEMENT nor a SPECIES"),
            ("PAR L(BCC_A2,LI,MG:LI;0) 298.15 1; 6000 N !", 9, "has `LI` on sublattice 2, whose constituents are VA"),
            ("PAR L(BCC_A2,LI,MG;0) 298.15 1; 6000 N !", 9, "should name constituents of 2 sublattices"),
            ("PAR L(BCC_A2,LI,MG:VA;x) 298.15 1; 6000 N !", 9, "expected the order of the parameter, found `X`"),
            ("PAR L(BCC_A2,LI,MG:VA;1.5) 298.15 1; 6000 N !", 9, "is a whole number from 0 to 99, not 1.5"),
            ("PAR G(BCC_A2,LI:VA;0) 298.15 1; 6000 N !", 7, "is there twice, also on line 9"),
            (
                "PAR L(BCC_A2,LI,MG:VA;0) 298.15 1;\n 6000 N !\nPAR L(BCC_A2,MG,LI:VA;0) 298.15 1; 6000 N !", 9,
                "also on line 11"
            ),
            (
                "FUNCTION GBCC 298.15 1; 6000 N !\nPAR L(BCC_A2,LI,MG:VA;0) 298.15\n GBC; 6000 N !", 10,
                "uses `GBC`, which no FUNCTION defines, did you mean `GBCC`"
            ),
            (
                "FUNCTION A 298.15 B; 6000 N !\nPAR L(BCC_A2,LI,MG:VA;0) 298.15 A; 6000 N !", 9,
                "FUNCTION A uses `B`, which no FUNCTION defines"
            ),
        ])
    func refused(text: String, line: Int, message: String) throws {
        let found = try #require(refusal("\(elements)\n\(phase)\n\(text)"))
        #expect(found.hasPrefix("x.tdb:\(line): "), "\(found)")
        #expect(found.contains(message), "\(found)")
    }

    @Test("Elements that are not there, and systems without a phase, are refused")
    func binaries() throws {
        let database = try ThermodynamicDatabase(text: "\(elements)\n\(phase)", path: "x.tdb")
        let unknown = #expect(throws: DatabaseError.self) { try database.binary(lithium: "LI", host: "CU") }
        #expect(unknown?.description == "x.tdb: no element `CU`, the elements are AL, LI, MG")
        #expect(throws: DatabaseError.self) { try database.binary(lithium: "LI", host: "li") }
        let none = #expect(throws: DatabaseError.self) { try database.binary(lithium: "LI", host: "AL") }
        #expect(
            none?.message.contains("no phase of LI-AL can be used (BCC_A2: there is no PARAMETER G(BCC_A2,AL;0))")
                == true)
    }

    @Test("A chain of functions that doubles at each link takes no time, one too long is refused")
    func chains() throws {
        func chain(_ count: Int) -> String {
            let links = (1...count).map { "FUNCTION F\($0) 298.15 F\($0 - 1)+F\($0 - 1); 6000 N !" }
            return "FUNCTION F0 298.15 1; 6000 N !\n" + links.joined(separator: "\n")
        }
        let phase = try solution(chain(60) + "\nPAR L(BCC_A2,LI,MG:VA;0) 298.15 F60; 6000 N !")
        #expect(phase.coefficients[0] == pow(2, 60))
        #expect(refusal("\(elements)\n\(chain(70))")?.contains("more than 64 deep") == true)
    }

    @Test("A file that is too large, or not there, is refused")
    func files() {
        let large = [UInt8](repeating: 32, count: (4 << 20) + 1)
        #expect(throws: DatabaseError.self) { try ThermodynamicDatabase(bytes: large, path: "x.tdb") }
        let error = #expect(throws: DatabaseError.self) {
            try ThermodynamicDatabase(contentsOf: URL(fileURLWithPath: "/nowhere/none.tdb"))
        }
        #expect(error?.description.hasPrefix("/nowhere/none.tdb: the file cannot be read: ") == true)
    }
}
