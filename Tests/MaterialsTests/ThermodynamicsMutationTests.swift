import Foundation
import Materials
import TestSupport
import Testing

@Suite struct ThermodynamicsMutationTests {
    private static let characters =
        Array("LIMGVA0123456789.+-*/();:,!$%#\n\r\t ETNY_&>^\u{0}\u{7f}".utf8) + [0xc3, 0xff]

    /// Reads a database, takes Li-Mg out of it and works out its equilibria; whether that was possible.
    private func works(_ bytes: [UInt8]) -> Bool {
        do throws(DatabaseError) {
            let database = try ThermodynamicDatabase(bytes: bytes, path: "x.tdb")
            let system = try database.binary(lithium: "LI", host: "MG")
            let alloy = try AlloyThermodynamics(system, temperature: 298.15)
            let equilibrium = try alloy.equilibrium()
            let potential = try equilibrium.equilibriumPotential(moleFraction: 0.4)
            return !potential.isNaN
        } catch {
            return error.message.isEmpty
        }
    }

    @Test(
        "Changed, cut and shuffled in thousands of ways the database works or is refused, and never crashes",
        arguments: 0..<8)
    func mutations(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let original = try #require(MaterialLibrary.file(named: "cost507-li-mg.tdb")).bytes
        #expect(works(original))
        var working = 0
        for round in 0..<500 {
            var bytes = original
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let byte = Self.characters.randomElement(using: &random) ?? 0
            switch round % 5 {
            case 0: bytes[place] = byte
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(byte, at: place)
            case 3: bytes.removeSubrange(place...)
            default:
                let other = Int.random(in: 0..<bytes.count, using: &random)
                bytes.removeSubrange(min(place, other)..<max(place, other))
            }
            if works(bytes) { working += 1 }
        }
        // Changes in comments, digits and references leave a database that works; most cuts do not.
        #expect(working > 50 && working < 450)
    }

    @Test("Random bytes are refused")
    func noise() {
        var random = SplitMix(state: 3)
        for _ in 0..<2000 {
            let count = Int.random(in: 1...200, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(!works(bytes))
        }
    }
}
