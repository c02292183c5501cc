import Foundation

/// What a computation needs to go on as if it had never stopped: arrays of numbers and small records, by name.
///
/// Those who compute put themselves in and take themselves out again; where the state is kept is the affair of others. Every bit of a
/// number comes back.
public struct SavedState: Sendable, Hashable {
    /// Arrays of numbers, such as the state of a time integrator.
    public private(set) var numbers: [String: [Double]]
    /// Small records as JSON, such as counters and the times of events.
    public private(set) var records: [String: String]

    /// A state of arrays and records that were kept.
    public init(numbers: [String: [Double]] = [:], records: [String: String] = [:]) {
        (self.numbers, self.records) = (numbers, records)
    }

    /// Why a state cannot be taken up: what is missing or does not fit.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// The sentence for the user.
        public let description: String

        /// A problem in words.
        public init(_ description: String) { self.description = description }
    }

    /// Puts an array in. Names are paths such as `integrator/state`; each is used once.
    public mutating func store(_ numbers: [Double], as name: String) {
        let before = self.numbers.updateValue(numbers, forKey: name)
        precondition(before == nil, "\(name) is stored twice")
    }

    /// Puts a record in.
    public mutating func store(_ record: some Encodable, as name: String) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: Self.infinity, negativeInfinity: Self.negativeInfinity, nan: Self.nan)
        // Nothing that is kept here can fail to be written as JSON: all numbers are covered by the strategy above.
        guard let data = try? encoder.encode(record) else { preconditionFailure("\(name) is not a record") }
        let before = records.updateValue(String(decoding: data, as: UTF8.self), forKey: name)
        precondition(before == nil, "\(name) is stored twice")
    }

    /// The array of a name.
    ///
    /// - Parameter count: how many numbers it must have; nil for any.
    /// - Throws: ``Problem`` when it is not there or has another length.
    public func numbers(_ name: String, count: Int? = nil) throws(Problem) -> [Double] {
        guard let found = numbers[name] else { throw Problem("it lacks `\(name)`") }
        if let count, found.count != count {
            throw Problem("`\(name)` has \(found.count) numbers instead of \(count)")
        }
        return found
    }

    /// The record of a name.
    ///
    /// - Throws: ``Problem`` when it is not there or is not such a record.
    public func record<Record: Decodable>(_ name: String, as type: Record.Type = Record.self) throws(Problem) -> Record
    {
        guard let text = records[name] else { throw Problem("it lacks `\(name)`") }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: Self.infinity, negativeInfinity: Self.negativeInfinity, nan: Self.nan)
        do { return try decoder.decode(type, from: Data(text.utf8)) } catch {
            throw Problem("`\(name)` is not what it should be (\(error))")
        }
    }

    private static let infinity = "inf"
    private static let negativeInfinity = "-inf"
    private static let nan = "nan"
}
