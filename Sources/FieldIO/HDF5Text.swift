internal import CHDF5
internal import CHDF5System

/// Text in HDF5: how strings are typed, written and read.
enum HDF5Text {
    /// The type of all our text: UTF-8 of variable length, which h5py and h5netcdf give back as `str`.
    static func type(at location: HDF5Location) throws(FieldIOError) -> HDF5Handle {
        let type = try HDF5Handle("describe the text of", at: location) { H5Tcopy(chdf5_c_s1()) }
        let id = type.id
        try location.call("describe the text of") { H5Tset_size(id, chdf5_variable_length()) }
        try location.call("describe the text of") { H5Tset_cset(id, H5T_CSET_UTF8) }
        return type
    }

    /// ASCII of fixed length, for the attributes whose type a format prescribes.
    ///
    /// - Parameter padding: `H5T_STR_NULLPAD` for exactly `length` characters, `H5T_STR_NULLTERM` for C strings.
    static func asciiType(
        length: Int, padding: H5T_str_t, at location: HDF5Location
    ) throws(FieldIOError) -> HDF5Handle {
        let type = try HDF5Handle("describe the text of", at: location) { H5Tcopy(chdf5_c_s1()) }
        let id = type.id
        try location.call("describe the text of") { H5Tset_size(id, length) }
        try location.call("describe the text of") { H5Tset_strpad(id, padding) }
        return type
    }

    /// Hands `text` to `write` as HDF5 wants it. Text with NUL characters is refused: HDF5 would cut it there.
    static func withValue(
        _ text: String, at location: HDF5Location, _ write: (UnsafeRawPointer) -> herr_t
    ) throws(FieldIOError) {
        guard !text.utf8.contains(0) else { throw location.error("write", "the text holds a NUL character") }
        try location.call("write") {
            text.withCString { start in
                withUnsafePointer(to: start) { write(UnsafeRawPointer($0)) }
            }
        }
    }

    /// Reads one string, of fixed or variable length.
    ///
    /// - Parameters:
    ///   - type: type in the file.
    ///   - space: dataspace in the file; must hold one value.
    ///   - read: reads the value with the given memory type into the given buffer.
    static func value(
        type: hid_t, space: hid_t, at location: HDF5Location, _ read: (hid_t, UnsafeMutableRawPointer) -> herr_t
    ) throws(FieldIOError) -> String {
        guard H5Tget_class(type) == H5T_STRING, H5Sget_simple_extent_npoints(space) == 1 else {
            throw location.error("read", "not one piece of text")
        }
        if H5Tis_variable_str(type) > 0 {
            var start: UnsafeMutablePointer<CChar>?
            try location.call("read") {
                withUnsafeMutablePointer(to: &start) { read(type, UnsafeMutableRawPointer($0)) }
            }
            defer { H5free_memory(start) }
            return start.map { String(cString: $0) } ?? ""
        }
        var bytes = [UInt8](repeating: 0, count: H5Tget_size(type))
        try location.call("read") { bytes.withUnsafeMutableBytes { $0.baseAddress.map { read(type, $0) } ?? -1 } }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
