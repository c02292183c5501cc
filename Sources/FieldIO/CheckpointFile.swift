internal import CHDF5
internal import CHDF5System
import Checkpoints
import SystemFiles

/// A saved state as a file: HDF5 behind a head of 512 bytes that holds the digest of all that follows.
///
/// HDF5 looks for its signature at byte 512 too, so h5py and h5dump open the file as it is. Nothing of it reaches HDF5 here before the
/// digest was found right: of damaged bytes HDF5 itself lets some pass and hangs on others.
///
/// `/numbers/<name>` are the arrays, `/records/<name>` the records as JSON; a `/` within a name is a `.` in the file.
public enum CheckpointFile {
    /// Version of what is in the file.
    static let version = 1
    private static let headLength = 512

    /// The bytes of the file.
    ///
    /// - Throws: `FieldIOError` when HDF5 has no memory.
    public static func bytes(of state: SavedState) throws(FieldIOError) -> [UInt8] {
        let body = try HDF5Image.bytes { (file) throws(FieldIOError) in
            try file.createGroup(numbers)
            try file.createGroup(records)
            for (name, values) in state.numbers.sorted(by: { $0.key < $1.key }) {
                _ = try file.createDataset(path(numbers, name), shape: [values.count], values: values)
            }
            for (name, text) in state.records.sorted(by: { $0.key < $1.key }) {
                try file.createText(path(records, name), text)
            }
        }
        return body.withUnsafeBytes { head(of: $0) } + body
    }

    /// The state that the bytes of a file hold.
    ///
    /// - Parameter path: of the file, for messages.
    /// - Throws: `FieldIOError` when the bytes are not those that were written.
    public static func state(in bytes: [UInt8], path: String) throws(FieldIOError) -> SavedState {
        let location = HDF5Location(file: path, object: "")
        let isWhole = bytes.withUnsafeBytes { bytes in
            bytes.count >= headLength
                && head(of: UnsafeRawBufferPointer(rebasing: bytes[headLength...])).elementsEqual(bytes[..<headLength])
        }
        guard isWhole else {
            throw location.error("read", "it is damaged or not a checkpoint of this version: its digest is wrong")
        }
        let file = try HDF5File(image: bytes[headLength...], name: path)
        var arrays: [String: [Double]] = [:]
        var texts: [String: String] = [:]
        for name in try file.names(in: numbers) {
            arrays[original(name)] = try file.readDoubles("\(numbers)/\(name)")
        }
        for name in try file.names(in: records) { texts[original(name)] = try file.readText("\(records)/\(name)") }
        return SavedState(numbers: arrays, records: texts)
    }

    private static let numbers = "/numbers"
    private static let records = "/records"

    private static func path(_ group: String, _ name: String) -> String { "\(group)/\(name.replacing("/", with: "."))" }

    private static func original(_ name: String) -> String { name.replacing(".", with: "/") }

    /// The head of a file with this body: text, filled up with zeros.
    private static func head(of body: UnsafeRawBufferPointer) -> [UInt8] {
        let text = """
            Mesolith checkpoint, version \(version)
            length \(body.count)
            sha256 \(SHA256Digest.text(SHA256Digest.of(body)))
            HDF5 begins at byte \(headLength)

            """
        let bytes = Array(text.utf8)
        return bytes + [UInt8](repeating: 0, count: headLength - bytes.count)
    }
}
