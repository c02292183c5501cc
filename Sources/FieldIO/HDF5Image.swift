internal import CHDF5
internal import CHDF5System

/// HDF5 files that live in memory.
enum HDF5Image {
    /// Bytes by which an image grows.
    private static let increment = 1 << 20

    /// The bytes of a file that `fill` writes.
    static func bytes(_ fill: (borrowing HDF5File) throws(FieldIOError) -> Void) throws(FieldIOError) -> [UInt8] {
        let here = HDF5Location(file: "checkpoint in memory", object: "")
        let access = try HDF5Handle.properties(of: chdf5_class_file_access(), stamped: true, at: here)
        let list = access.id
        try here.call("prepare") { H5Pset_fapl_core(list, increment, false) }
        let file = HDF5File(
            handle: try HDF5Handle("create", at: here) {
                H5Fcreate("checkpoint", chdf5_acc_excl(), 0, list)
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
        try here.call("prepare") { H5Pset_fapl_core(list, 1 << 20, false) }
        // HDF5 makes a copy of its own; it only reads from the pointer, which its interface does not say.
        try here.call("prepare") {
            image.withUnsafeBytes {
                H5Pset_file_image(list, UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count)
            }
        }
        self.init(
            // HDF5 refuses to open an image under the name of a file that there is.
            handle: try HDF5Handle("open", at: here) { H5Fopen("/dev/null/image", chdf5_acc_rdonly(), list) },
            location: here)
    }
}
