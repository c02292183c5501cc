/// A law with the ranges for which its source states it.
public struct Stated<Law: Sendable>: Sendable {
    /// The law.
    public let law: Law
    /// Where it is stated to hold.
    public let validity: Validity

    /// A law and where it holds.
    public init(_ law: Law, validity: Validity) {
        self.law = law
        self.validity = validity
    }

    /// Another law that holds where this one does.
    public func map<Other: Sendable>(_ transform: (Law) throws -> Other) rethrows -> Stated<Other> {
        Stated<Other>(try transform(law), validity: validity)
    }
}

/// The ranges for which a law is stated, in SI units; nil where the source states none.
public struct Validity: Sendable, Hashable {
    /// Temperature, K.
    public var temperature: ClosedRange<Double>?
    /// Mole fraction of lithium.
    public var moleFraction: ClosedRange<Double>?
    /// Von Mises stress, Pa.
    public var stress: ClosedRange<Double>?
    /// Pressure, Pa.
    public var pressure: ClosedRange<Double>?

    /// Ranges; none where nothing is given.
    public init(
        temperature: ClosedRange<Double>? = nil, moleFraction: ClosedRange<Double>? = nil,
        stress: ClosedRange<Double>? = nil, pressure: ClosedRange<Double>? = nil
    ) {
        self.temperature = temperature
        self.moleFraction = moleFraction
        self.stress = stress
        self.pressure = pressure
    }
}

/// How sure a number is: where it was read.
public enum Confidence: String, Sendable, Hashable, CaseIterable {
    /// Read in the source that is named.
    case primary
    /// Read in a later text or program that transcribes the source; the source itself was not seen.
    case transcribed
    /// Computed or fitted here from numbers of the source.
    case derived
    /// An estimate or closure of our own, for want of a measurement.
    case estimated
    /// Common knowledge of the field or quoted from memory; not checked against a source.
    case recalled

    /// The meaning in a few words.
    public var meaning: String {
        switch self {
        case .primary: "read in the source"
        case .transcribed: "read in a text that transcribes the source"
        case .derived: "computed or fitted from numbers of the source"
        case .estimated: "an estimate, for want of a measurement"
        case .recalled: "quoted from memory, not checked"
        }
    }
}
