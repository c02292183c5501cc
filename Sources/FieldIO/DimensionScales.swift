internal import CHDF5
internal import CHDF5System

/// Names the axes of the tables in one group, after the HDF5 Dimension Scales specification, so that netCDF readers see
/// `time` and `node` instead of bare numbers.
///
/// The attributes are written here, each once with its final value. HDF5's own `H5DSattach_scale` is in a second
/// library and rewrites the list of a scale's users at every call.
struct DimensionScales {
    /// One entry of REFERENCE_LIST: which dataset uses the scale, and on which axis.
    private typealias Use = (dataset: String, axis: Int32)

    private var uses: [String: [Use]] = [:]
    private var variables: [(path: String, scales: [String])] = []
    private var scales: [String] = []

    /// Declares the one-dimensional dataset at `path` a scale. Its axis is named after the last part of the path.
    mutating func add(scale path: String) { scales.append(path) }

    /// Declares that the axes of the dataset at `path` are those of the scales, one for each axis.
    mutating func add(variable path: String, scales: [String]) {
        variables.append((path, scales))
        for (axis, scale) in scales.enumerated() { uses[scale, default: []].append((path, Int32(axis))) }
    }

    /// Writes the attributes; all the datasets must exist.
    func write(to file: borrowing HDF5File) throws(FieldIOError) {
        for scale in scales { try writeScale(scale, to: file) }
        for variable in variables { try writeVariable(variable.path, scales: variable.scales, to: file) }
    }

    private func writeScale(_ path: String, to file: borrowing HDF5File) throws(FieldIOError) {
        let here = file.location.at(path)
        let owner = try file.openObject(path)
        try HDF5Attribute.create("CLASS", ascii: "DIMENSION_SCALE", terminated: true, on: owner.id, at: here)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        try HDF5Attribute.create("NAME", ascii: name, terminated: true, on: owner.id, at: here)
        try writeReferenceList(of: path, on: owner.id, to: file)
    }

    /// REFERENCE_LIST: records of an 8-byte object reference and a 4-byte axis, padded to 16 bytes as a C compiler
    /// would.
    private func writeReferenceList(
        of path: String, on owner: hid_t, to file: borrowing HDF5File
    ) throws(FieldIOError) {
        guard let users = uses[path] else { return }
        let here = file.location.at(path)
        let stride = 16
        var records = [UInt8](repeating: 0, count: users.count * stride)
        for (index, user) in users.enumerated() {
            let reference = try Self.reference(to: user.dataset, in: file)
            records.withUnsafeMutableBytes { bytes in
                bytes.storeBytes(of: reference, toByteOffset: index * stride, as: hobj_ref_t.self)
                bytes.storeBytes(of: user.axis, toByteOffset: index * stride + 8, as: Int32.self)
            }
        }
        let type = try HDF5Handle("prepare", at: here) { H5Tcreate(H5T_COMPOUND, stride) }
        try here.call("prepare") { H5Tinsert(type.id, "dataset", 0, chdf5_std_ref_obj()) }
        try here.call("prepare") { H5Tinsert(type.id, "dimension", 8, chdf5_std_i32le()) }
        let space = try HDF5Handle(shape: [users.count], at: here)
        let attribute = try HDF5Attribute(
            creating: "REFERENCE_LIST", type: type.id, space: space.id, on: owner, at: here)
        try attribute.write(records, type: type.id)
    }

    /// DIMENSION_LIST: for each axis a list of references to its scales, here one.
    private func writeVariable(
        _ path: String, scales: [String], to file: borrowing HDF5File
    ) throws(FieldIOError) {
        let here = file.location.at(path)
        var references: [hobj_ref_t] = []
        for scale in scales { references.append(try Self.reference(to: scale, in: file)) }
        let owner = try file.openObject(path)
        let type = try HDF5Handle("prepare", at: here) { H5Tvlen_create(chdf5_std_ref_obj()) }
        let space = try HDF5Handle(shape: [scales.count], at: here)
        let attribute = try HDF5Attribute(
            creating: "DIMENSION_LIST", type: type.id, space: space.id, on: owner.id, at: here)
        try references.withUnsafeMutableBufferPointer { (buffer) throws(FieldIOError) in
            guard let start = buffer.baseAddress else { return }
            let lists = buffer.indices.map { hvl_t(len: 1, p: UnsafeMutableRawPointer(start + $0)) }
            try attribute.write(lists, type: type.id)
        }
    }

    private static func reference(
        to path: String, in file: borrowing HDF5File
    ) throws(FieldIOError) -> hobj_ref_t {
        var reference = hobj_ref_t()
        let parent = file.id
        try file.location.at(path).call("refer to") { H5Rcreate(&reference, parent, path, H5R_OBJECT, -1) }
        return reference
    }
}
