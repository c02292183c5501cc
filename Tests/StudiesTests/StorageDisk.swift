import Foundation
import Testing

/// A small file system in memory, for filling up; needs the right to mount.
struct TemporaryDisk: ~Copyable {
    let url: URL

    init(kilobytes: Int) throws {
        url = FileManager.default.temporaryDirectory.appending(path: "studies-disk-\(UUID().uuidString)")
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

    /// Writes a file that leaves so many bytes of the disk.
    func fill(_ file: URL, free: Int) throws {
        let descriptor = open(file.path, O_WRONLY | O_CREAT, 0o666)
        defer { close(descriptor) }
        let zeros = [UInt8](repeating: 0, count: 4096)
        while write(descriptor, zeros, zeros.count) == zeros.count {}
        let length = lseek(descriptor, 0, Int32(SEEK_END))
        try #require(errno == ENOSPC && length > free)
        try #require(ftruncate(descriptor, length - free) == 0)
    }

    static let isAvailable: Bool = {
        do {
            _ = try TemporaryDisk(kilobytes: 64)
            return true
        } catch {
            return false
        }
    }()
}
