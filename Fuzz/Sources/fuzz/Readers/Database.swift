import Materials

/// Thermodynamic databases, and lithium and magnesium in them.
@Sendable func readDatabase(_ bytes: [UInt8]) {
    do throws(DatabaseError) {
        let database = try ThermodynamicDatabase(bytes: bytes, path: "x.tdb")
        let system = try database.binary(lithium: "LI", host: "MG")
        let alloy = try AlloyThermodynamics(system, temperature: 298.15)
        let equilibrium = try alloy.equilibrium()
        _ = try equilibrium.equilibriumPotential(moleFraction: 0.4)
    } catch {
        let lines = bytes.count { $0 == 10 || $0 == 13 } + 1
        require((0...lines).contains(error.line), "\(error) is not a line of \(lines)")
        require(!error.message.isEmpty, "an error without a sentence")
    }
}
