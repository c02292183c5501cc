/// What a unit or a part of one means, while it is being put together.
struct UnitValue {
    var dimension: Dimension
    var scale: Scale
    /// The power of the electronvolt in the product, which tells 1 eV from as many joules.
    var electronvoltPower: Exponent = 0

    /// The product, or `nil` when it is out of range.
    func multiplied(by other: UnitValue) -> UnitValue? {
        guard let dimension = dimension.multiplied(by: other.dimension),
            let scale = scale.multiplied(by: other.scale),
            let electronvoltPower = electronvoltPower.adding(other.electronvoltPower)
        else { return nil }
        return UnitValue(dimension: dimension, scale: scale, electronvoltPower: electronvoltPower)
    }

    /// The power, or `nil` when it is out of range or a base unit would get a power that is no multiple of 1/12.
    func raised(to power: Exponent) -> UnitValue? {
        guard let dimension = dimension.raised(to: power),
            let scale = scale.raised(to: power),
            let electronvoltPower = electronvoltPower.multiplied(by: power)
        else { return nil }
        return UnitValue(dimension: dimension, scale: scale, electronvoltPower: electronvoltPower)
    }
}
