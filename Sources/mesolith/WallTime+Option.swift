import ArgumentParser
import Cases

extension WallTime {
    /// The time in an option; nil where the option was not given.
    ///
    /// - Throws: `ValidationError` that names the option when its value is none.
    static func of(_ option: String, _ value: String?) throws -> WallTime? {
        guard let value else { return nil }
        guard let time = WallTime(value) else {
            throw ValidationError("\(option) is a time, such as \(WallTime.examples), found `\(value)`")
        }
        return time
    }
}
