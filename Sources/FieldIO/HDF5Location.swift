internal import CHDF5
internal import CHDF5System
internal import Glibc

/// The place an HDF5 call is about, for its error text.
struct HDF5Location {
    var file: String
    /// Path inside the file; empty for the file itself.
    var object: String

    func at(_ object: String) -> HDF5Location { HDF5Location(file: file, object: object) }

    /// An error in our own words.
    func error(_ operation: String, _ reason: String) -> FieldIOError {
        FieldIOError(file: file, object: object, operation: operation, reason: reason, systemError: nil)
    }

    /// An error in the words of the system.
    func error(_ operation: String, systemError code: Int32) -> FieldIOError {
        let reason = String(cString: strerror(code))
        return FieldIOError(file: file, object: object, operation: operation, reason: reason, systemError: code)
    }

    /// Makes one HDF5 call and throws what the library's error stack says when the result is negative.
    ///
    /// - Parameter operation: verb phrase that completes "cannot ...".
    @discardableResult
    func call<Status: SignedInteger>(_ operation: String, _ body: () -> Status) throws(FieldIOError) -> Status {
        chdf5_quiet_errors()
        let status = body()
        guard status < 0 else { return status }
        throw stackError(operation)
    }

    private func stackError(_ operation: String) -> FieldIOError {
        var outermost = [CChar](repeating: 0, count: 1024)
        var innermost = outermost
        let code = chdf5_describe_error(&outermost, &innermost, outermost.count)
        // The driver's text names buffers and clock times besides the errno, so the system's words replace it.
        if code != 0 { return error(operation, systemError: code) }
        let deep = Self.text(innermost)
        let shallow = Self.text(outermost)
        if deep.isEmpty { return error(operation, "HDF5 gives no reason") }
        return error(operation, deep == shallow ? deep : "\(deep) (\(shallow))")
    }

    private static func text(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
