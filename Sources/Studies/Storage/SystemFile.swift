internal import Glibc

/// An open file of the system, closed with the last reference to it.
final class SystemFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// How a file is opened.
    enum Mode {
        /// An existing file, to be read.
        case reading
        /// To be read and written; made where there is none.
        case updating
        /// To be written from its beginning.
        case replacing
    }

    init(_ path: String, _ mode: Mode) throws(StudyProblem) {
        let flags =
            switch mode {
            case .reading: O_RDONLY
            case .updating: O_RDWR | O_CREAT
            case .replacing: O_WRONLY | O_CREAT | O_TRUNC
            }
        descriptor = open(path, flags | O_CLOEXEC, 0o666)
        self.path = path
        guard descriptor >= 0 else { throw .system(path, "cannot be opened") }
    }

    deinit { Glibc.close(descriptor) }

    /// Length, bytes.
    func length() throws(StudyProblem) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(path, "cannot be read") }
        return Int(status.st_size)
    }

    /// Reads into `buffer` from an offset; returns the bytes read, fewer only at the end of the file.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(StudyProblem) -> Int {
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, offset + done)
            if count == 0 { break }
            if count < 0 {
                guard errno == EINTR else { throw .system(path, "cannot be read") }
            } else {
                done += count
            }
        }
        return done
    }

    /// Writes all bytes at an offset.
    func write(_ bytes: [UInt8], at offset: Int) throws(StudyProblem) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done, offset + done)
            }
            if count < 0 {
                guard errno == EINTR else { throw .system(path, "cannot be written") }
            } else {
                done += count
            }
        }
    }

    /// Cuts the file off after so many bytes.
    func truncate(to length: Int) throws(StudyProblem) {
        guard ftruncate(descriptor, length) == 0 else { throw .system(path, "cannot be cut") }
    }

    /// Has the disk hold what was written.
    func synchronize() throws(StudyProblem) {
        guard fsync(descriptor) == 0 else { throw .system(path, "cannot be written") }
    }

    /// Locks the file; false when another process holds the lock. It ends with `unlock`, or with the process.
    func tryLock() throws(StudyProblem) -> Bool {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw .system(path, "cannot be locked") }
        return false
    }

    /// As `tryLock`, but waits until no other process holds the lock.
    func lock() throws(StudyProblem) {
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .system(path, "cannot be locked") }
        }
    }

    /// Gives the lock back. Closing alone would leave it to a process that was started just now and has the file open
    /// until its program begins.
    func unlock() { flock(descriptor, LOCK_UN) }
}

extension SystemFile {
    /// The whole of a small file.
    static func contents(of path: String) throws(StudyProblem) -> [UInt8] {
        let file = try SystemFile(path, .reading)
        var bytes = [UInt8](repeating: 0, count: try file.length())
        let count = try bytes.withUnsafeMutableBufferPointer { (buffer) throws(StudyProblem) in
            try file.read(at: 0, into: UnsafeMutableRawBufferPointer(buffer))
        }
        return Array(bytes.prefix(count))
    }

    /// Has the disk hold the names in a directory.
    static func synchronize(directory path: String) throws(StudyProblem) {
        let directory = try SystemFile(path, .reading)
        try directory.synchronize()
    }

    /// Gives a finished file its name, for good.
    static func rename(_ path: String, to name: String, in directory: String) throws(StudyProblem) {
        guard Glibc.rename(path, name) == 0 else { throw .system(name, "cannot be written") }
        try synchronize(directory: directory)
    }
}
