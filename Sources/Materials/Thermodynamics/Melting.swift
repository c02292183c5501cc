extension BinarySystem {
    /// Whether alloys of some composition in a range of mole fractions of lithium hold any liquid in equilibrium at a
    /// temperature in K.
    ///
    /// - Throws: ``DatabaseError`` for a temperature outside the range of a function.
    public func hasLiquid(
        moleFractions: ClosedRange<Double>, temperature: Double, extrapolates: Bool = false
    ) throws(DatabaseError) -> Bool {
        let thermodynamics = try AlloyThermodynamics(self, temperature: temperature, extrapolates: extrapolates)
        let liquids = Set(thermodynamics.phases.filter(\.isLiquid).map(\.name))
        let equilibrium = try thermodynamics.equilibrium(among: thermodynamics.phases.map(\.name))
        return equilibrium.fields.contains {
            $0.moleFractions.overlaps(moleFractions) && !liquids.isDisjoint(with: $0.phases)
        }
    }

    /// The solidus: the temperature in K at which an alloy of mole fraction x of lithium begins to melt.
    ///
    /// Temperatures are searched upwards in steps of 5 K, then by bisection to 1e-6 K. The result is the lowest temperature of
    /// ``temperatureRange`` when liquid is there already, `nil` when there is none up to the highest.
    ///
    /// - Throws: ``DatabaseError`` when the phases have no temperature in common.
    public func solidus(moleFraction x: Double) throws(DatabaseError) -> Double? {
        guard let range = temperatureRange else {
            throw DatabaseError(path: path, line: 0, "the phases of \(lithium)-\(host) have no temperature in common")
        }
        let (step, tolerance) = (5.0, 1e-6)
        var (solid, molten) = (range.lowerBound, range.lowerBound)
        while try !hasLiquid(moleFractions: x...x, temperature: molten) {
            guard molten < range.upperBound else { return nil }
            solid = molten
            molten = min(molten + step, range.upperBound)
        }
        while molten - solid > tolerance {
            let middle = (solid + molten) / 2
            if try hasLiquid(moleFractions: x...x, temperature: middle) { molten = middle } else { solid = middle }
        }
        return molten
    }
}
