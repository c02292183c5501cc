import Foundation
import TestSupport
import Testing

extension TemporaryDisk {
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
}
