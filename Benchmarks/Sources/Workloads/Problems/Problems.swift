/// The problems that are measured.
public enum Problems {
    /// All, those in one dimension first.
    public static let all: [Problem] = [
        .fig4a, .lithiumMagnesiumSlab(.slab), .lithiumMagnesiumSlab(.host), .map(.constant), .map(.lithiumMagnesium),
        .square, .plate64, .plate128, .ramps, .study,
    ]
}
