import CAllocationCount
import Foundation

/// The places from which the program has allocated, with their callers.
struct Culprits {
    private struct Frame: Hashable {
        let object: String
        let offset: UInt
    }
    private var counts: [[Frame]: Int] = [:]

    /// Callers of a place that are told.
    private static let depth = 5

    /// Takes in the call stacks kept since counting began.
    mutating func gather() {
        for index in 0..<allocation_stack_count() {
            let stack = allocation_stack_at(index)
            let frames = (0..<Int(stack.depth)).compactMap { place -> Frame? in
                var offset: UInt = 0
                // A return address stands behind its call.
                guard let object = allocation_object_of(stack.frames[place]! - 1, &offset) else { return nil }
                return Frame(object: String(cString: object), offset: offset)
            }
            // The Swift runtime and system libraries in between tell nothing.
            let own = frames.filter { $0.object == Self.program }
            counts[Array((own.isEmpty ? frames : own).prefix(Self.depth)), default: 0] += Int(stack.count)
        }
    }

    /// The places from which most was taken, in words.
    func top(_ count: Int) -> String {
        counts.sorted { $0.value > $1.value }.prefix(count).map { frames, taken in
            "  \(taken) times from\n" + Self.names(of: frames).map { "    \($0)\n" }.joined()
        }.joined()
    }

    private static let program = "/proc/self/exe"

    /// Functions and lines, as the tools of the compiler know them; addresses where these are not there.
    private static func names(of frames: [Frame]) -> [String] {
        let plain = frames.map { "\($0.object) + 0x" + String($0.offset, radix: 16) }
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: program)) ?? program
        let places = frames.map { ($0.object == program ? path : $0.object) + " 0x" + String($0.offset, radix: 16) }
        guard let lines = output(of: ["llvm-symbolizer", "--no-inlines", "--basenames"], reading: places),
            let words = output(of: ["swift", "demangle", "--simplified"], reading: [lines])
        else { return plain }
        // The name of a function and its line are a paragraph.
        return words.components(separatedBy: "\n\n").map { $0.split(separator: "\n").joined(separator: "  ") }
            .filter { !$0.isEmpty }
    }

    private static func output(of command: [String], reading lines: [String]) -> String? {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, nil)
        guard (try? process.run()) != nil else { return nil }
        input.fileHandleForWriting.write(Data((lines.joined(separator: "\n") + "\n").utf8))
        input.fileHandleForWriting.closeFile()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }
}
