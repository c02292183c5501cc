import Quantities
import Testing

@Suite struct DimensionTests {
    @Test(
        arguments: [
            (Dimension.dimensionless, "1", "dimensionless number"),
            (.length, "m", "length"),
            (.pressure, "kg m^-1 s^-2", "pressure"),
            (.chargePerArea, "s A m^-2", "charge per area"),
            (.chargePerMass, "s A kg^-1", "charge per mass"),
            (.currentDensity, "A m^-2", "current density"),
            (.concentration, "mol m^-3", "concentration"),
            (.amountPerArea, "mol m^-2", "amount per area"),
            (.diffusivity, "m^2 s^-1", "diffusivity"),
            (.molarEnergy, "kg m^2 s^-2 mol^-1", "molar energy"),
            (.molarVolume, "m^3 mol^-1", "molar volume"),
            (.potential, "kg m^2 s^-3 A^-1", "potential"),
            (.rate, "s^-1", "rate"),
            (.flux, "mol m^-2 s^-1", "flux"),
            (.surfaceEnergy, "kg s^-2", "surface energy"),
            (.conductivity, "s^3 A^2 kg^-1 m^-3", "conductivity"),
            (.areaSpecificResistance, "kg m^4 s^-3 A^-2", "area-specific resistance"),
            (Dimension(length: 1, luminousIntensity: 2), "m cd^2", "m cd^2"),
        ] as [(Dimension, String, String)])
    func writesItselfAndItsName(_ dimension: Dimension, _ text: String, _ name: String) {
        #expect(dimension.description == text)
        #expect(dimension.name == name)
    }

    @Test func rootsAreExact() throws {
        let half = try #require(Exponent(1, over: 2))
        let third = try #require(Exponent(-1, over: 3))
        let root = try #require(Dimension.length.raised(to: half))
        #expect(root.description == "m^(1/2)")
        #expect(root.raised(to: 2) == .length)
        let inverseCube = try #require(Dimension.energy.raised(to: third))
        #expect(inverseCube.description == "s^(2/3) kg^(-1/3) m^(-2/3)")
        #expect(inverseCube.raised(to: -3) == .energy)
        #expect(root[.metre] == half)
        #expect(root[.second] == 0)
    }

    @Test func algebra() throws {
        #expect(Dimension.force * .length == .energy)
        #expect(Dimension.energy / .volume == .pressure)
        #expect(Dimension.force.multiplied(by: .length) == .energy)
        #expect(Dimension.energy.divided(by: .area) == .surfaceEnergy)
        #expect(Dimension.area.raised(to: 0) == .dimensionless)
    }

    @Test func outOfRangeIsNil() throws {
        #expect(Exponent(1, over: 0) == nil)
        #expect(Exponent(1, over: 5) == nil)
        #expect(Exponent(2731, over: 1) == nil)
        #expect(Exponent(.min, over: -1) == nil)
        let large = try #require(Dimension.length.raised(to: 2000))
        #expect(large.multiplied(by: large) == nil)
        #expect(large.raised(to: 2) == nil)
        #expect(large.divided(by: large) == .dimensionless)
        let twelfth = try #require(Exponent(1, over: 12))
        #expect(Dimension.length.raised(to: twelfth)?.raised(to: twelfth) == nil)
    }

    @Test func exponentsAreInLowestTerms() throws {
        #expect(try #require(Exponent(6, over: -4)).description == "-3/2")
        #expect(try #require(Exponent(8, over: 12)).fraction == (2, 3))
        #expect(try #require(Exponent(0, over: 7)).fraction == (0, 1))
        #expect(try #require(Exponent(3, over: 4)).doubleValue == 0.75)
    }

    /// What a dimension is written as, and the unit it suggests, are units of that dimension.
    @Test(arguments: [
        Dimension.dimensionless, .length, .area, .volume, .time, .mass, .density, .temperature, .velocity, .rate,
        .current, .currentDensity, .charge, .chargePerArea, .chargePerMass, .potential, .resistance,
        .areaSpecificResistance,
        .conductivity, .amount, .concentration, .amountPerArea, .flux, .diffusivity, .molarVolume, .molarMass,
        .molarEnergy, .force, .pressure, .energy, .power, .surfaceEnergy,
    ])
    func textReadsBack(_ dimension: Dimension) throws {
        let coherent = try Unit(parsing: dimension.description)
        #expect(coherent.dimension == dimension)
        #expect(coherent.factor == 1)
        if dimension != .dimensionless {
            #expect(try Unit(parsing: dimension.exampleUnit).dimension == dimension)
        }
    }
}
