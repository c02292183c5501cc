import Quantities

/// Units and quantities: what is read can be written and read again, and is finite.
@Sendable func readUnits(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(QuantityError) {
        let unit = try Unit(parsing: text)
        require(unit.factor > 0 && unit.factor.isFinite, "the factor \(unit.factor)")
        require(unit == (try? Unit(parsing: unit.text)), "the unit `\(unit.text)` is another when read again")
    } catch {
        requirePlace(of: error, in: text)
    }
    do throws(QuantityError) {
        let quantity = try Quantity(parsing: text)
        require(quantity.value.isFinite && quantity.siValue.isFinite, "\(quantity.value), \(quantity.siValue)")
        let written = quantity.formatted()
        let again = try Quantity(parsing: written)
        require(
            again.siValue.bitPattern == quantity.siValue.bitPattern && again.unit == quantity.unit,
            "`\(text)` is `\(written)`, which is another: \(quantity.siValue) and \(again.siValue)")
        _ = quantity.formatted(significantDigits: 6)
        _ = try? quantity.siValue(as: .length)
    } catch {
        requirePlace(of: error, in: text)
    }
}

private func requirePlace(of error: QuantityError, in text: String) {
    require((0...text.count).contains(error.offset), "the offset \(error.offset) in `\(text)`")
    require(!error.message.isEmpty, "an error without a sentence")
}
