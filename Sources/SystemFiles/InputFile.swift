import Glibc

/// A file that a user named, which may turn out to be anything: only a regular file is read, and no more of it than a limit.
///
/// A pipe is not waited for, a device is not read, and a file that is too large is refused before there is memory for it.
package enum InputFile {
    /// Why a file is not read.
    package enum Problem: Error, Hashable {
        /// There is nothing of that name.
        case missing
        /// It is a directory.
        case directory
        /// It is a pipe, a socket or a device, in words.
        case special(String)
        /// It has more bytes than the limit.
        case tooLarge
        /// The system does not let it be read, in its own words.
        case unreadable(String)

        /// The end of a sentence such as "the file ...".
        package var words: String {
            switch self {
            case .missing: "does not exist"
            case .directory: "is a directory"
            case .special(let kind): "is \(kind), not a file on a disk"
            case .tooLarge: "is too large"
            case .unreadable(let reason): "cannot be read (\(reason))"
            }
        }
    }

    /// The bytes of a regular file of at most `limit` bytes.
    package static func bytes(of path: String, atMost limit: Int) throws(Problem) -> [UInt8] {
        // Without O_NONBLOCK a pipe that nobody writes to is waited for.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem(ofOpening: path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(reason()) }
        if let problem = problem(ofKind: status.st_mode) { throw problem }
        guard status.st_size <= limit else { throw .tooLarge }
        // One byte more than there should be, to notice a file that grows and those of /proc, whose size is 0.
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: min(max(Int(status.st_size), 4096), limit) + 1)
        while true {
            let count = read(descriptor, &part, part.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw .unreadable(reason())
            }
            guard bytes.count + count <= limit else { throw .tooLarge }
            if bytes.isEmpty { bytes = Array(part[..<count]) } else { bytes += part[..<count] }
        }
    }

    /// Why a file cannot be opened; a name that is not there may be too long, or lead through a file.
    private static func problem(ofOpening path: String) -> Problem {
        let code = errno
        if code == ENOENT || code == ENOTDIR { return .missing }
        // A socket cannot be opened at all.
        var status = stat()
        if code == ENXIO, stat(path, &status) == 0, let problem = problem(ofKind: status.st_mode) { return problem }
        return .unreadable(String(cString: strerror(code)))
    }

    private static func problem(ofKind mode: mode_t) -> Problem? {
        switch mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: .directory
        case S_IFIFO: .special("a pipe")
        case S_IFSOCK: .special("a socket")
        default: .special("a device")
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
