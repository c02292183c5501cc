/// Why a text is not a formula.
public struct FormulaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in one sentence without a full stop, such as "unknown name `Tm`, the names here are `T`, `pi`".
    public let message: String
    /// Where the trouble starts, in characters from the start of the text.
    public let offset: Int

    /// An error with its sentence and its place.
    public init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }

    /// The sentence alone.
    public var description: String { message }
}
