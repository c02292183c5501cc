import Glibc

/// A call of the system on a file or a directory that failed.
public struct SystemFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Path of the file as it was given.
    public let path: String
    /// What cannot be done, such as `the file cannot be written`.
    public let failure: String
    /// The `errno` of the call.
    public let code: Int32

    /// The call that failed just now.
    package init(_ path: String, _ failure: String, code: Int32 = errno) {
        (self.path, self.failure, self.code) = (path, failure, code)
    }

    /// For example: `runs/a/log.txt: the file cannot be written (No space left on device)`.
    public var description: String { "\(path): \(failure) (\(String(cString: strerror(code))))" }

    /// Whether the disk is to blame and not what the user named.
    public var isOfDisk: Bool { [ENOSPC, EDQUOT, EIO, EFBIG, EROFS].contains(code) }
}
