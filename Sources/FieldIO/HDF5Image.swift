internal import CHDF5
internal import CHDF5System
import Synchronization

/// HDF5 files that live in memory.
enum HDF5Image {
    /// Bytes by which an image grows.
    fileprivate static let increment = 1 << 20
    private static let count = Atomic<Int>(0)

    /// A name for an image: HDF5 refuses that of a file that there is, or of one that is open.
    fileprivate static func newName() -> String {
        "/dev/null/image-\(count.wrappingAdd(1, ordering: .relaxed).newValue)"
    }

    /// The bytes of a file that `fill` writes.
    static func bytes(_ fill: (borrowing HDF5File) throws(FieldIOError) -> Void) throws(FieldIOError) -> [UInt8] {
        let here = HDF5Location(file: "checkpoint in memory", object: "")
        let access = try HDF5Handle.properties(of: chdf5_class_file_access(), stamped: true, at: here)
        let list = access.id
        try here.call("prepare") { H5Pset_fapl_core(list, increment, false) }
        let file = HDF5File(
            handle: try HDF5Handle("create", at: here) {
                H5Fcreate(newName(), chdf5_acc_excl(), 0, list)
            }, location: here)
        try fill(file)
        let id = file.id
        try here.call("write") { H5Fflush(id, H5F_SCOPE_LOCAL) }
        let length = try here.call("write") { H5Fget_file_image(id, nil, 0) }
        var bytes = [UInt8](repeating: 0, count: length)
        try here.call("write") { H5Fget_file_image(id, &bytes, length) }
        return bytes
    }
}

extension HDF5File {
    /// Opens the bytes of a file.
    ///
    /// - Parameter name: what messages call it.
    init(image: ArraySlice<UInt8>, name: String) throws(FieldIOError) {
        let here = HDF5Location(file: name, object: "")
        let access = try HDF5Handle.properties(of: chdf5_class_file_access(), stamped: true, at: here)
        let list = access.id
        try here.call("prepare") { H5Pset_fapl_core(list, HDF5Image.increment, false) }
        // HDF5 makes a copy of its own; it only reads from the pointer, which its interface does not say.
        try here.call("prepare") {
            image.withUnsafeBytes {
                H5Pset_file_image(list, UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count)
            }
        }
        self.init(
            handle: try HDF5Handle("open", at: here) { H5Fopen(HDF5Image.newName(), chdf5_acc_rdonly(), list) },
            location: here)
    }
}
