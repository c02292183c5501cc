internal import COpenSSL
import SystemFiles

/// The digest SHA-256 (FIPS 180-4) of bytes as they come, by OpenSSL's libcrypto.
package final class SHA256Digest {
    /// Length of a digest, bytes.
    package static let length = 32

    private let context: OpaquePointer

    package init() {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("no memory for a digest") }
        self.context = context
        precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto has no SHA-256")
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds bytes.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1)
    }

    /// Adds bytes.
    package func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The digest of all bytes that were added; the next one begins anew.
    package func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Self.length)
        precondition(EVP_DigestFinal_ex(context, &digest, nil) == 1)
        precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1)
        return digest
    }
}

extension SHA256Digest {
    /// The digest of bytes.
    package static func of(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        let digest = SHA256Digest()
        digest.update(bytes)
        return digest.finish()
    }

    /// The digest of a file, read in pieces.
    package static func ofFile(_ path: String) throws(SystemFileError) -> [UInt8] {
        let file = try SystemFile(path, .reading)
        let digest = SHA256Digest()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { piece.deallocate() }
        var offset = 0
        while true {
            let count = try file.read(at: offset, into: piece)
            if count == 0 { return digest.finish() }
            digest.update(UnsafeRawBufferPointer(rebasing: piece[..<count]))
            offset += count
        }
    }

    /// A digest as text, two hexadecimal digits a byte, as `sha256sum` prints it.
    package static func text(_ digest: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
