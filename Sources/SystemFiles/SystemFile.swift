import Glibc

/// An open file of the system, closed with the last reference to it.
package final class SystemFile: Sendable {
    package let path: String
    private let descriptor: Int32

    /// How a file is opened.
    package enum Mode {
        /// An existing file, to be read.
        case reading
        /// To be read and written; made where there is none.
        case updating
        /// To be written from its beginning.
        case replacing
    }

    package init(_ path: String, _ mode: Mode) throws(SystemFileError) {
        let flags =
            switch mode {
            case .reading: O_RDONLY
            case .updating: O_RDWR | O_CREAT
            case .replacing: O_WRONLY | O_CREAT | O_TRUNC
            }
        descriptor = open(path, flags | O_CLOEXEC, 0o666)
        self.path = path
        guard descriptor >= 0 else { throw SystemFileError(path, "the file cannot be opened") }
    }

    deinit { Glibc.close(descriptor) }

    /// Length, bytes.
    package func length() throws(SystemFileError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemFileError(path, "the file cannot be read") }
        return Int(status.st_size)
    }

    /// Whether the path still leads to this file: nobody has removed or replaced it.
    package var isStillNamed: Bool {
        var (here, there) = (stat(), stat())
        guard fstat(descriptor, &here) == 0, stat(path, &there) == 0 else { return false }
        return here.st_dev == there.st_dev && here.st_ino == there.st_ino
    }

    /// Reads into `buffer` from an offset; returns the bytes read, fewer only at the end of the file.
    package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(SystemFileError) -> Int {
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, offset + done)
            if count == 0 { break }
            if count < 0 {
                guard errno == EINTR else { throw SystemFileError(path, "the file cannot be read") }
            } else {
                done += count
            }
        }
        return done
    }

    /// Writes all bytes at an offset.
    package func write(_ bytes: [UInt8], at offset: Int) throws(SystemFileError) {
        // Typed errors do not come through `withUnsafeBytes`.
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(SystemFileError) in try write(buffer, at: offset) }
        }
        try result.get()
    }

    /// Writes all bytes of a buffer at an offset.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SystemFileError) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, offset + done)
            if count < 0 {
                guard errno == EINTR else { throw SystemFileError(path, "the file cannot be written") }
            } else {
                done += count
            }
        }
    }

    /// Cuts the file off after so many bytes.
    package func truncate(to length: Int) throws(SystemFileError) {
        guard ftruncate(descriptor, length) == 0 else { throw SystemFileError(path, "the file cannot be cut") }
    }

    /// Has the disk hold what was written.
    package func synchronize() throws(SystemFileError) {
        guard fsync(descriptor) == 0 else { throw SystemFileError(path, "the file cannot be written") }
    }

    /// Locks the file; false when another process holds the lock. It ends with `unlock`, or with the process.
    package func tryLock() throws(SystemFileError) -> Bool {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw SystemFileError(path, "the file cannot be locked") }
        return false
    }

    /// As `tryLock`, but waits until no other process holds the lock.
    package func lock() throws(SystemFileError) {
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw SystemFileError(path, "the file cannot be locked") }
        }
    }

    /// Gives the lock back. Closing alone would leave it to a process that was started just now and has the file open
    /// until its program begins.
    package func unlock() { flock(descriptor, LOCK_UN) }
}

extension SystemFile {
    /// The whole of a small file.
    package static func contents(of path: String) throws(SystemFileError) -> [UInt8] {
        let file = try SystemFile(path, .reading)
        var bytes = [UInt8](repeating: 0, count: try file.length())
        let count = try bytes.withUnsafeMutableBufferPointer { (buffer) throws(SystemFileError) in
            try file.read(at: 0, into: UnsafeMutableRawBufferPointer(buffer))
        }
        return Array(bytes.prefix(count))
    }

    /// Has the disk hold the names in a directory.
    package static func synchronize(directory path: String) throws(SystemFileError) {
        let directory = try SystemFile(path, .reading)
        try directory.synchronize()
    }

    /// Gives a finished file its name, for good.
    ///
    /// - Parameter directory: the directory of both names.
    package static func rename(_ path: String, to name: String, in directory: String) throws(SystemFileError) {
        guard Glibc.rename(path, name) == 0 else { throw SystemFileError(name, "the file cannot be written") }
        try synchronize(directory: directory)
    }
}

extension SystemFile {
    /// Writes a file under its name in one piece: a reader finds the old one or the new one, and after a crash of the machine the
    /// disk holds one of them.
    package static func replace(_ path: String, with bytes: [UInt8], in directory: String) throws(SystemFileError) {
        let draft = path + ".partial"
        do throws(SystemFileError) {
            let file = try SystemFile(draft, .replacing)
            try file.write(bytes, at: 0)
            try file.synchronize()
            try rename(draft, to: path, in: directory)
        } catch {
            unlink(draft)
            throw error
        }
    }
}
