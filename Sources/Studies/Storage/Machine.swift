import Foundation

/// Where and when this process runs.
enum Machine {
    /// Name of the host.
    static let host: String = {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()

    /// The time with its zone, ISO 8601.
    static func now() -> String {
        Date.now.formatted(
            Date.ISO8601FormatStyle(timeZone: .current).year().month().day().time(includingFractionalSeconds: false)
                .timeZone(separator: .colon))
    }
}
