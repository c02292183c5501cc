import Foundation
import Testing

@Suite("Progress")
struct ProgressTests {
    @Test("On a terminal one live line follows the run and is gone at its end")
    func terminal() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.slow, to: "slow.yaml")
        let terminal = try Terminal()
        let running = try Running(Mesolith.path, ["run", "slow.yaml"], in: scratch.url, errors: terminal.user)
        try wait { terminal.text.contains("plate (step 0)") }
        running.signal(SIGINT)
        #expect(try running.outcome().code == 5)
        let parts = terminal.text.components(separatedBy: "\r\u{1B}[K")
        try #require(parts.count > 2)
        #expect(parts.first == "")
        for line in parts.dropFirst().dropLast() where !line.isEmpty {
            #expect(
                line.contains(
                    /^ *\d+ %  plate \(step 0\)  t = \S+ s  dt = \S+ s  \d+ steps  Newton \d+  left (\?|[\d:]+)$/))
        }
        #expect(parts.last?.hasPrefix("interrupted at ") == true)
    }

    @Test("Elsewhere nothing moves")
    func plain() throws {
        let scratch = try Scratch()
        try scratch.write(Cases.quick, to: "case.yaml")
        let outcome = try scratch.run("run", "case.yaml")
        #expect(outcome.errors == "")
        #expect(!outcome.output.contains("\u{1B}"))
        #expect(!outcome.output.contains("\r"))
    }

    @Test("--quiet and --json leave a terminal alone", arguments: ["--quiet", "--json"])
    func silent(option: String) throws {
        let scratch = try Scratch()
        try scratch.write(Cases.slow, to: "slow.yaml")
        let terminal = try Terminal()
        let running = try Running(Mesolith.path, ["run", "slow.yaml", option], in: scratch.url, errors: terminal.user)
        try wait { scratch.exists("runs/slow/results.h5") }
        usleep(300_000)
        #expect(terminal.text == "")
        running.signal(SIGTERM)
        #expect(try running.outcome().code == 5)
    }
}

/// A pseudo-terminal: a program writes to one end, the test reads at the other.
final class Terminal {
    /// The end of the program.
    let user: FileHandle
    private let reader: Int32
    private var received: [UInt8] = []

    init() throws {
        // What posix_openpt, unlockpt and ptsname do; Foundation does not have them.
        let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        reader = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        try #require(reader >= 0)
        var isLocked: Int32 = 0
        try #require(ioctl(reader, unlock, &isLocked) == 0)
        var index: Int32 = 0
        try #require(ioctl(reader, number, &index) == 0)
        user = try #require(FileHandle(forUpdatingAtPath: "/dev/pts/\(index)"))
        _ = fcntl(reader, F_SETFL, O_NONBLOCK)
    }

    deinit { close(reader) }

    /// All that has come so far.
    var text: String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(reader, &buffer, buffer.count), count > 0 { received += buffer[..<count] }
        return String(decoding: received, as: UTF8.self)
    }
}
