import Foundation

/// A small file system in memory, for filling up; needs the right to mount.
public struct TemporaryDisk: ~Copyable {
    /// Where it is.
    public let url: URL

    /// A disk of that size.
    ///
    /// - Throws: `POSIXError` when it cannot be mounted.
    public init(kilobytes: Int) throws {
        url = FileManager.default.temporaryDirectory.appending(path: "mesolith-disk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        guard mount("tmpfs", url.path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
            let code = errno
            try? FileManager.default.removeItem(at: url)
            throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
        }
    }

    deinit {
        // Lazily: a process that another test starts just now may have inherited an open file for a moment.
        umount2(url.path, Int32(MNT_DETACH))
        try? FileManager.default.removeItem(at: url)
    }

    /// Whether this process may mount one.
    public static let isAvailable: Bool = {
        do {
            _ = try TemporaryDisk(kilobytes: 64)
            return true
        } catch {
            return false
        }
    }()
}
