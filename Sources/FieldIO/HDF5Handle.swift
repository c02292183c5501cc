internal import CHDF5
internal import CHDF5System

/// Sole owner of one HDF5 identifier of any kind; gives it back when it goes out of scope.
struct HDF5Handle: ~Copyable {
    let id: hid_t

    /// Makes the call that opens or creates the object and takes ownership of the identifier it returns.
    init(_ operation: String, at location: HDF5Location, _ body: () -> hid_t) throws(FieldIOError) {
        id = try location.call(operation, body)
    }

    /// Closes with the function that fits the kind, and reports what `deinit` has to keep to itself.
    consuming func close(
        _ operation: String, at location: HDF5Location, _ body: (hid_t) -> herr_t
    ) throws(FieldIOError) {
        let id = self.id
        discard self
        try location.call(operation) { body(id) }
    }

    deinit {
        chdf5_quiet_errors()
        H5Idec_ref(id)
    }
}

extension HDF5Handle {
    /// A scalar dataspace.
    init(scalarAt location: HDF5Location) throws(FieldIOError) {
        try self.init("describe the shape of", at: location) { H5Screate(H5S_SCALAR) }
    }

    /// A simple dataspace; `unlimited` lets the first axis grow.
    init(shape: [Int], unlimited: Bool = false, at location: HDF5Location) throws(FieldIOError) {
        let now = shape.map { hsize_t($0) }
        var most = now
        if unlimited { most[0] = chdf5_unlimited() }
        try self.init("describe the shape of", at: location) { H5Screate_simple(Int32(now.count), now, most) }
    }

    /// A property list of the given class.
    ///
    /// - Parameter stamped: set for classes of things that are not objects and so cannot carry time stamps; all others
    ///   are made without them.
    static func properties(
        of listClass: hid_t, stamped: Bool = false, at location: HDF5Location
    ) throws(FieldIOError) -> HDF5Handle {
        let list = try HDF5Handle("prepare", at: location) { H5Pcreate(listClass) }
        let id = list.id
        if !stamped { try location.call("prepare") { H5Pset_obj_track_times(id, false) } }
        return list
    }
}
