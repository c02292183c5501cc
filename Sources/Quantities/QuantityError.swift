/// Why a text is not the quantity or unit it should be.
public struct QuantityError: Error, Hashable, Sendable {
    /// What is wrong, in one sentence without a full stop, such as ``unknown unit `umm`, did you mean `um`?``.
    public let message: String

    /// Where the trouble starts, in characters from the start of the text; 0 when there was no text.
    public let offset: Int

    /// An error with its sentence and its place.
    public init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}

extension QuantityError: CustomStringConvertible {
    /// The sentence alone.
    public var description: String { message }
}

extension QuantityError {
    /// A part of the user's text in backticks, cut when it is too long to be read inside a sentence.
    static func quote(_ text: some Sequence<Character>) -> String {
        let limit = 40
        let head = String(text.prefix(limit + 1))
        return head.count > limit ? "`\(head.prefix(limit))...`" : "`\(head)`"
    }
}
