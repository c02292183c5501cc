internal import CHDF5
internal import CHDF5System

/// An attribute of a group or dataset, held open so that its value can be replaced.
struct HDF5Attribute: ~Copyable {
    private let handle: HDF5Handle
    private let location: HDF5Location

    /// Creates the attribute `name` on the object `owner`.
    init(
        creating name: String, type: hid_t, space: hid_t, on owner: hid_t, at location: HDF5Location
    ) throws(FieldIOError) {
        let here = HDF5Attribute.location(of: name, on: location)
        handle = try HDF5Handle("create", at: here) { H5Acreate2(owner, name, type, space, 0, 0) }
        self.location = here
    }

    /// Creates the text attribute `name`.
    @discardableResult
    static func create(
        _ name: String, text: String, on owner: hid_t, at location: HDF5Location
    ) throws(FieldIOError) -> HDF5Attribute {
        let type = try HDF5Text.type(at: location)
        let space = try HDF5Handle(scalarAt: location)
        let attribute = try HDF5Attribute(
            creating: name, type: type.id, space: space.id, on: owner, at: location)
        try attribute.write(text, type: type.id)
        return attribute
    }

    /// Creates the integer attribute `name`: a scalar, or a list when `integers` has more than one value.
    @discardableResult
    static func create(
        _ name: String, integers: [Int64], on owner: hid_t, at location: HDF5Location
    ) throws(FieldIOError) -> HDF5Attribute {
        let space =
            try integers.count == 1
            ? HDF5Handle(scalarAt: location) : HDF5Handle(shape: [integers.count], at: location)
        let attribute = try HDF5Attribute(
            creating: name, type: Int64.fileType, space: space.id, on: owner, at: location)
        try attribute.write(integers, type: Int64.memoryType)
        return attribute
    }

    /// Creates the number attribute `name`.
    static func create(
        _ name: String, number: Double, on owner: hid_t, at location: HDF5Location
    ) throws(FieldIOError) {
        let space = try HDF5Handle(scalarAt: location)
        let attribute = try HDF5Attribute(
            creating: name, type: Double.fileType, space: space.id, on: owner, at: location)
        try attribute.write([number], type: Double.memoryType)
    }

    /// Creates an ASCII attribute whose type is as long as the text itself plus, when `terminated`, the NUL.
    static func create(
        _ name: String, ascii text: String, terminated: Bool, on owner: hid_t, at location: HDF5Location
    ) throws(FieldIOError) {
        let type = try HDF5Text.asciiType(
            length: text.utf8.count + (terminated ? 1 : 0),
            padding: terminated ? H5T_STR_NULLTERM : H5T_STR_NULLPAD, at: location)
        let space = try HDF5Handle(scalarAt: location)
        let attribute = try HDF5Attribute(
            creating: name, type: type.id, space: space.id, on: owner, at: location)
        try attribute.write(Array(text.utf8CString), type: type.id)
    }

    /// Replaces the value of a text attribute.
    func replace(text: String) throws(FieldIOError) {
        let type = try HDF5Text.type(at: location)
        try write(text, type: type.id)
    }

    /// Replaces the value of a scalar integer attribute.
    func replace(integer: Int64) throws(FieldIOError) {
        let id = handle.id
        try location.call("write") { withUnsafePointer(to: integer) { H5Awrite(id, Int64.memoryType, $0) } }
    }

    /// Writes a value whose memory layout is that of `type`.
    func write(_ value: UnsafeRawPointer, type: hid_t) throws(FieldIOError) {
        let id = handle.id
        try location.call("write") { H5Awrite(id, type, value) }
    }

    private func write(_ text: String, type: hid_t) throws(FieldIOError) {
        let id = handle.id
        try HDF5Text.withValue(text, at: location) { H5Awrite(id, type, $0) }
    }

    private static func location(of name: String, on owner: HDF5Location) -> HDF5Location {
        owner.at("\(owner.object.isEmpty ? "/" : owner.object)@\(name)")
    }
}

extension HDF5Attribute {
    /// Opens an existing attribute for reading.
    init(opening name: String, on owner: hid_t, at location: HDF5Location) throws(FieldIOError) {
        let here = HDF5Attribute.location(of: name, on: location)
        handle = try HDF5Handle("open", at: here) { H5Aopen(owner, name, 0) }
        self.location = here
    }

    /// The value of a text attribute.
    func text() throws(FieldIOError) -> String {
        let id = handle.id
        let type = try HDF5Handle("read", at: location) { H5Aget_type(id) }
        let space = try HDF5Handle("read", at: location) { H5Aget_space(id) }
        return try HDF5Text.value(type: type.id, space: space.id, at: location) { H5Aread(id, $0, $1) }
    }

    /// The values of an integer attribute, scalar or list.
    func integers() throws(FieldIOError) -> [Int64] {
        let id = handle.id
        let space = try HDF5Handle("read", at: location) { H5Aget_space(id) }
        return try HDF5Read.numbers(in: space.id, at: location) { H5Aread(id, Int64.memoryType, $0) }
    }
}
