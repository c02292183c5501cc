extension Dimension {
    /// No dimension: a pure number.
    public static let dimensionless = Dimension()
    /// m
    public static let length = Dimension(length: 1)
    /// m^2
    public static let area = Dimension(length: 2)
    /// m^3
    public static let volume = Dimension(length: 3)
    /// s
    public static let time = Dimension(time: 1)
    /// kg
    public static let mass = Dimension(mass: 1)
    /// kg m^-3
    public static let density = mass / volume
    /// K
    public static let temperature = Dimension(temperature: 1)
    /// kg m^-2, the loading of an electrode
    public static let massPerArea = mass / area
    /// m s^-1
    public static let velocity = length / time
    /// s^-1
    public static let rate = dimensionless / time

    /// A
    public static let current = Dimension(current: 1)
    /// A m^-2
    public static let currentDensity = current / area
    /// C = A s
    public static let charge = current * time
    /// C m^-2, the areal capacity of an electrode
    public static let chargePerArea = charge / area
    /// C kg^-1, the specific capacity of an active material
    public static let chargePerMass = charge / mass
    /// m^3 C^-1 = m/(C m^-2), the thickness that a charge brings
    public static let lengthPerAreaCharge = length / chargePerArea
    /// V = J/C
    public static let potential = energy / charge
    /// ohm = V/A
    public static let resistance = potential / current
    /// ohm m^2
    public static let areaSpecificResistance = resistance * area
    /// S m^-1 = 1/(ohm m)
    public static let conductivity = dimensionless / (resistance * length)

    /// mol
    public static let amount = Dimension(amount: 1)
    /// mol m^-3
    public static let concentration = amount / volume
    /// mol m^-2
    public static let amountPerArea = amount / area
    /// mol m^-2 s^-1
    public static let flux = amountPerArea / time
    /// m^2 s^-1
    public static let diffusivity = area / time
    /// m^3 mol^-1
    public static let molarVolume = volume / amount
    /// kg mol^-1
    public static let molarMass = mass / amount
    /// J mol^-1
    public static let molarEnergy = energy / amount

    /// N = kg m s^-2
    public static let force = mass * length / (time * time)
    /// Pa = N m^-2
    public static let pressure = force / area
    /// Pa m^-1, the stiffness of a stack for each area of it
    public static let stiffnessPerArea = pressure / length
    /// J = N m
    public static let energy = force * length
    /// W = J/s
    public static let power = energy / time
    /// J m^-2 = N m^-1
    public static let surfaceEnergy = energy / area

    /// What a known dimension is called, and a unit in which people write it.
    private static let catalogue: [Dimension: (name: String, exampleUnit: String)] = [
        dimensionless: ("dimensionless number", ""),
        length: ("length", "um"),
        area: ("area", "cm^2"),
        volume: ("volume", "cm^3"),
        time: ("time", "s"),
        mass: ("mass", "g"),
        density: ("density", "g/cm^3"),
        massPerArea: ("mass per area", "mg/cm^2"),
        temperature: ("temperature", "K"),
        velocity: ("velocity", "nm/s"),
        rate: ("rate", "1/s"),
        current: ("current", "mA"),
        currentDensity: ("current density", "mA/cm^2"),
        charge: ("charge", "mAh"),
        chargePerArea: ("charge per area", "mAh/cm^2"),
        chargePerMass: ("charge per mass", "mAh/g"),
        lengthPerAreaCharge: ("length for a charge per area", "um/(mAh/cm^2)"),
        potential: ("potential", "mV"),
        resistance: ("resistance", "ohm"),
        areaSpecificResistance: ("area-specific resistance", "ohm*cm^2"),
        conductivity: ("conductivity", "S/m"),
        amount: ("amount", "mol"),
        concentration: ("concentration", "mol/m^3"),
        amountPerArea: ("amount per area", "mol/m^2"),
        flux: ("flux", "mol/(m^2 s)"),
        diffusivity: ("diffusivity", "cm^2/s"),
        molarVolume: ("molar volume", "cm^3/mol"),
        molarMass: ("molar mass", "g/mol"),
        molarEnergy: ("molar energy", "kJ/mol"),
        force: ("force", "N"),
        pressure: ("pressure", "MPa"),
        stiffnessPerArea: ("stiffness per area", "GPa/m"),
        energy: ("energy", "J"),
        power: ("power", "W"),
        surfaceEnergy: ("surface energy", "J/m^2"),
    ]

    /// What the dimension is called, such as `current density`; the exponents when it has no name here.
    public var name: String {
        Self.catalogue[self]?.name ?? description
    }

    /// A unit in which people write this dimension, such as `mA/cm^2`; empty for a pure number.
    public var exampleUnit: String {
        Self.catalogue[self]?.exampleUnit ?? description
    }

    /// The name with its article, for use inside a sentence: `a length`, `an energy`, `a quantity of kg^2 m`.
    var phrase: String {
        guard let name = Self.catalogue[self]?.name else { return "a quantity of dimension \(self)" }
        let startsWithVowel = name.first.map { "aeiou".contains($0) } ?? false
        return "\(startsWithVowel ? "an" : "a") \(name)"
    }
}
