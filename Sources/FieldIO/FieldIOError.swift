/// Why a results file could not be written or read.
///
/// The parts are kept apart for programs; `description` is one clear sentence for people.
public struct FieldIOError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Path of the file.
    public var file: String
    /// Path inside the file of the group, dataset or attribute concerned; empty when the file as a whole is.
    public var object: String
    /// What was being done, as a verb phrase: "write", "create the file".
    public var operation: String
    /// Why it failed: HDF5's own words, or ours when the request itself was wrong.
    public var reason: String
    /// The `errno` of the system call that failed, where one did.
    public var systemError: Int32?

    /// For example: `cannot write /series/voltage in results.h5: No space left on device`.
    public var description: String {
        let target = object.isEmpty ? file : "\(object) in \(file)"
        return "cannot \(operation) \(target): \(reason)"
    }
}
