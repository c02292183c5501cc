import Foundation

/// Prints numbers as a line of JSON, null where one is infinite or none, and the profile on the axis of a plate.
func report(
    _ numbers: [(String, Double)], words: [String: String] = [:], profile: [(x: Double, stress: Double)] = []
) throws {
    var answer: [String: Any] = words
    for (name, value) in numbers { answer[name] = value.isFinite ? value : NSNull() }
    if !profile.isEmpty {
        answer["x"] = profile.map(\.x)
        answer["stress"] = profile.map(\.stress)
    }
    let line = try JSONSerialization.data(withJSONObject: answer, options: .sortedKeys)
    print(String(decoding: line, as: UTF8.self))
}
