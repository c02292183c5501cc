/// Physical constants in SI units, from CODATA 2018 (E. Tiesinga et al., Rev. Mod. Phys. 93, 025010, 2021).
///
/// Since the SI of 2019 all of them follow from defining constants (BIPM, The International System of Units, 9th
/// edition), so none has an uncertainty; those marked "rounded" are CODATA's ten-digit values of exact products.
public enum Constants {
    /// The elementary charge e in C; exact, defines the ampere.
    public static let elementaryCharge = 1.602176634e-19

    /// The Avogadro constant N_A in 1/mol; exact, defines the mole.
    public static let avogadro = 6.02214076e23

    /// The Boltzmann constant k in J/K; exact, defines the kelvin.
    public static let boltzmann = 1.380649e-23

    /// The Boltzmann constant k/e in eV/K; rounded.
    public static let boltzmannElectronvolt = 8.617333262e-5

    /// The Faraday constant F = N_A e in C/mol; rounded.
    public static let faraday = 96485.33212

    /// The molar gas constant R = N_A k in J/(mol K); rounded.
    public static let gasConstant = 8.314462618

    /// The thermodynamic temperature of 0 degC in K; exact, defines the Celsius scale.
    public static let zeroCelsius = 273.15
}
