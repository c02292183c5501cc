import CProcess
import Cases
import Foundation

/// What a process left behind that was started and waited for.
struct ChildEnd: Sendable {
    /// How it ended.
    enum Cause: Sendable, Equatable {
        /// By itself, with this code.
        case exit(Int32)
        /// By this signal.
        case signal(Int32)
    }

    let cause: Cause
    /// All that it wrote to standard output.
    let output: Data
    /// All that it wrote to standard error.
    let errors: String
    /// Processor time of the process, user and system, s.
    let cpuTime: Double
}

/// The processes that a study has under way, each waited for by a thread of its own.
final class ChildProcesses: @unchecked Sendable {
    // The lock guards `running` and `isStopped`; a number in `running` is that of a process that was not reaped yet, so that
    // a signal cannot go to a stranger that got the number after it.
    private let lock = NSLock()
    private var running: Set<pid_t> = []
    private var isStopped = false

    /// Whether ``signal(_:)`` was called.
    var areStopped: Bool { lock.withLock { isStopped } }

    /// Starts a program, which takes itself to be `mesolith`, and waits for its end in the calling thread; nil when ``signal(_:)`` came before it was started.
    ///
    /// The program inherits the environment with the variables given, and of the open files its standard error and output
    /// alone, which are kept in memory.
    ///
    /// - Throws: ``StudyProblem`` when it cannot be started.
    func run(_ program: String, _ arguments: [String], variables: [String: String]) throws(StudyProblem) -> ChildEnd? {
        let output = try MemoryFile()
        let errors = try MemoryFile()
        guard let child = try start(program, arguments, variables, output: output, errors: errors) else { return nil }
        // The process stays a zombie, and so its number its own, until it leaves the set.
        var information = siginfo_t()
        while waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
        var (status, usage) = (Int32(0), rusage())
        lock.withLock {
            running.remove(child)
            while wait4(child, &status, 0, &usage) == -1 && errno == EINTR {}
        }
        let signal = status & 0x7F
        return ChildEnd(
            cause: signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal), output: output.contents(),
            errors: String(decoding: errors.contents(), as: UTF8.self),
            cpuTime: usage.processorTime)
    }

    /// Sends a signal to all that are under way, and has no other start.
    func signal(_ number: Int32) {
        lock.withLock {
            isStopped = true
            for child in running { kill(child, number) }
        }
    }

    private func start(
        _ program: String, _ arguments: [String], _ variables: [String: String], output: borrowing MemoryFile,
        errors: borrowing MemoryFile
    ) throws(StudyProblem) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.descriptor, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors.descriptor, STDERR_FILENO)

        // A thread may block signals, and a process that it starts would, too.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        let environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
        var argumentPointers = (["mesolith"] + arguments).map { strdup($0) } + [nil]
        var variablePointers = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in argumentPointers + variablePointers { free(pointer) } }

        lock.lock()
        defer { lock.unlock() }
        if isStopped { return nil }
        var child = pid_t()
        let code = posix_spawn(&child, program, &actions, &attributes, &argumentPointers, &variablePointers)
        guard code == 0 else {
            throw StudyProblem("\(program) cannot be started (\(String(cString: strerror(code))))")
        }
        running.insert(child)
        return child
    }
}

/// A file without a name, in memory, into which a process writes without ever having to wait for a reader.
private struct MemoryFile: ~Copyable {
    let descriptor: Int32

    init() throws(StudyProblem) {
        descriptor = cprocess_memory_file()
        guard descriptor >= 0 else {
            throw StudyProblem("what a run prints cannot be kept (\(String(cString: strerror(errno))))")
        }
    }

    deinit { close(descriptor) }

    borrowing func contents() -> Data {
        let size = max(0, Int(lseek(descriptor, 0, SEEK_END)))
        lseek(descriptor, 0, SEEK_SET)
        var data = Data(count: size)
        var filled = 0
        while filled < size {
            let count = data.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + filled, size - filled) }
            if count <= 0 { break }
            filled += count
        }
        return data.prefix(filled)
    }
}
