/// The coefficients of ARK4(3)6L[2]SA-ESDIRK: six stages, five of them implicit with one diagonal γ = 1/4.
///
/// Order 4 with an embedded order 3, stage order 2, L-stable, stiffly accurate (the last stage is the step's end).
/// Source: C. A. Kennedy, M. H. Carpenter, Appl. Numer. Math. 44 (2003) 139, the implicit half of ARK4(3)6L[2]SA. The
/// order conditions are checked in the tests.
@frozen
public enum ESDIRK43 {
    /// Number of stages; the first is explicit and equals the last of the step before.
    public static let stages = 6
    /// Order of the embedded solution, which sets the exponent of the step-size control.
    public static let embeddedOrder = 3
    /// The diagonal coefficient γ.
    public static let gamma = 0.25
    /// Abscissae c_i.
    public static let abscissae: [Double] = [0, 1.0 / 2, 83.0 / 250, 31.0 / 50, 17.0 / 20, 1]
    /// Rows a_ij of the tableau, j <= i.
    public static let rows: [[Double]] = [
        [0],
        [1.0 / 4, 1.0 / 4],
        [8611.0 / 62500, -1743.0 / 31250, 1.0 / 4],
        [5_012_029.0 / 34_652_500, -654_441.0 / 2_922_500, 174_375.0 / 388_108, 1.0 / 4],
        [
            15_267_082_809.0 / 155_376_265_600, -71_443_401.0 / 120_774_400, 730_878_875.0 / 902_184_768,
            2_285_395.0 / 8_070_912, 1.0 / 4,
        ],
        [82_889.0 / 524_892, 0, 15_625.0 / 83_664, 69_875.0 / 102_672, -2260.0 / 8211, 1.0 / 4],
    ]
    /// The weight w of the line through the rates of the two stages before a stage, k_i = k_{i-1} + w (k_{i-1} - k_{i-2}), as a first
    /// guess of its own; 0 where there is one stage before.
    public static func guessWeight(ofStage stage: Int) -> Double {
        stage < 2 ? 0 : (times[stage] - times[stage - 1]) / (times[stage - 1] - times[stage - 2])
    }

    /// The tableau without storage elsewhere, for the loops over stages; zero above the diagonal.
    static let table = InlineArray<6, InlineArray<6, Double>> { stage in
        InlineArray { $0 <= stage ? rows[stage][$0] : 0 }
    }
    /// The abscissae, likewise.
    static let times = InlineArray<6, Double> { abscissae[$0] }
    /// The weights b_i - b̂_i of the local error, likewise.
    public static let errorWeights = InlineArray<6, Double> { weights[$0] - embeddedWeights[$0] }

    /// Weights b_i of the step, equal to the last row.
    public static let weights: [Double] = rows[5]
    /// Weights of the embedded solution of order 3.
    public static let embeddedWeights: [Double] = [
        4_586_570_599.0 / 29_645_900_160, 0, 178_811_875.0 / 945_068_544, 814_220_225.0 / 1_159_782_912,
        -3_700_637.0 / 11_593_932, 61_727.0 / 225_920,
    ]
}
