import Materials

/// How lithium moves in a layer, at one temperature.
public struct LithiumParameters: Sendable {
    /// What lithium is in the layer.
    public var solution: LithiumSolution
    /// The interdiffusion coefficient.
    public var diffusivity: Diffusivity
    /// What mole fraction a concentration is.
    public var composition: AlloyComposition
    /// Temperature, K.
    public var temperature: Double

    /// Lithium from its laws.
    public init(
        solution: LithiumSolution, diffusivity: Diffusivity, composition: AlloyComposition, temperature: Double
    ) {
        self.solution = solution
        self.diffusivity = diffusivity
        self.composition = composition
        self.temperature = temperature
    }
}
