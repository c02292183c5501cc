import Materials

extension LayerParameters {
    /// The same layer with concentrations counted by the volume of the layer at the start, of which the mesh is made, instead
    /// of that of its host when empty, of which that is `ratio` times.
    ///
    /// Lithium per host y = c V_host becomes y = c (V_host `ratio`), so that whatever depends on the composition stays what it is.
    public func perVolumeAtStart(_ ratio: Double) -> LayerParameters {
        var layer = self
        layer.initial /= ratio
        layer.saturation /= ratio
        layer.depletion /= ratio
        layer.lithium.composition.hostVolume *= ratio
        layer.lithium.solution = lithium.solution.perVolumeAtStart(ratio)
        if case .table(let table) = lithium.diffusivity {
            layer.lithium.diffusivity = .table(MonotoneCubic(x: table.x.map { $0 / ratio }, y: table.y))
        }
        layer.mechanics?.solid.composition.hostVolume *= ratio
        return layer
    }
}

extension LithiumSolution {
    fileprivate func perVolumeAtStart(_ ratio: Double) -> LithiumSolution {
        switch self {
        case .latticeGas(let maximum): .latticeGas(maximum: maximum / ratio)
        case .dilute(let hostVolume): .dilute(hostVolume: hostVolume * ratio)
        case .alloy(let phase, let reference, let hostVolume):
            .alloy(phase, reference: reference, hostVolume: hostVolume * ratio)
        }
    }
}
