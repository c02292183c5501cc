internal import CHDF5
internal import CHDF5System

/// An open HDF5 file. Closes when it goes out of scope.
///
/// Paths inside the file are absolute, such as `/series/time`.
public struct HDF5File: ~Copyable {
    let handle: HDF5Handle
    let location: HDF5Location

    init(handle: consuming HDF5Handle, location: HDF5Location) {
        self.handle = handle
        self.location = location
    }

    /// Opens an existing file for reading, also one that a run is still writing.
    ///
    /// - Throws: `FieldIOError` when the file is missing, unreadable or not HDF5.
    public init(reading path: String) throws(FieldIOError) {
        let here = HDF5Location(file: path, object: "")
        let access = try HDF5File.accessList(at: here)
        handle = try HDF5Handle("open", at: here) { H5Fopen(path, chdf5_acc_rdonly(), access.id) }
        location = here
    }

    /// Creates a file; an existing one is refused and left as it is.
    ///
    /// Nothing of the file's own structure reaches the disk before `flush` or `close`, so a process that is killed
    /// leaves the structure of its last flush.
    init(creating path: String) throws(FieldIOError) {
        let here = HDF5Location(file: path, object: "")
        let access = try HDF5File.accessList(at: here)
        try here.call("create") { chdf5_disable_metadata_evictions(access.id) }
        let creation = try HDF5Handle.properties(of: chdf5_class_file_create(), at: here)
        handle = try HDF5Handle("create", at: here) { H5Fcreate(path, chdf5_acc_excl(), creation.id, access.id) }
        location = here
    }

    /// Closes the file and reports what a silent closing would keep to itself, such as a full disk.
    public consuming func close() throws(FieldIOError) {
        let here = location
        try handle.close("close", at: here) { H5Fclose($0) }
    }

    var id: hid_t { handle.id }

    /// Access without file locks, so that a file can be looked at while a run writes it. The format version is the
    /// oldest that can hold the data, which VTK's reader needs.
    private static func accessList(at location: HDF5Location) throws(FieldIOError) -> HDF5Handle {
        let access = try HDF5Handle.properties(of: chdf5_class_file_access(), stamped: true, at: location)
        let list = access.id
        try location.call("prepare") { H5Pset_file_locking(list, false, true) }
        return access
    }
}

// MARK: - Writing

extension HDF5File {
    /// Creates a group; its parent must exist.
    func createGroup(_ path: String) throws(FieldIOError) {
        let here = location.at(path)
        let parent = id
        let properties = try HDF5Handle.properties(of: chdf5_class_group_create(), at: here)
        _ = try HDF5Handle("create", at: here) { H5Gcreate2(parent, path, 0, properties.id, 0) }
    }

    /// Opens a group or dataset, to put attributes on it.
    func openObject(_ path: String) throws(FieldIOError) -> HDF5Handle {
        let parent = id
        return try HDF5Handle("open", at: location.at(path)) { H5Oopen(parent, path, 0) }
    }

    /// Creates a dataset of fixed shape with its values.
    func createDataset<Number: HDF5Number>(
        _ path: String, shape: [Int], values: [Number]
    ) throws(FieldIOError) -> HDF5Dataset {
        let dataset = try HDF5Dataset(
            creating: path, in: self, type: Number.fileType, shape: shape, storage: .fixed)
        if !values.isEmpty { try dataset.write(values) }
        return dataset
    }

    /// Creates a scalar dataset that holds `text`.
    func createText(_ path: String, _ text: String) throws(FieldIOError) {
        let type = try HDF5Text.type(at: location.at(path))
        let dataset = try HDF5Dataset(creating: path, in: self, type: type.id, shape: [], storage: .fixed)
        let id = dataset.id
        try HDF5Text.withValue(text, at: dataset.location) { H5Dwrite(id, type.id, 0, 0, 0, $0) }
    }

    /// Hands everything written so far to the operating system.
    ///
    /// Space is reserved first: when the disk is full the structure on it stays that of the last flush.
    func flush() throws(FieldIOError) {
        let id = self.id
        let code = chdf5_reserve_space(id)
        guard code == 0 else { throw location.error("write", systemError: code) }
        try location.call("write") { H5Fflush(id, H5F_SCOPE_LOCAL) }
    }

    /// Drops what has not been flushed, for a file that can no longer be written; the disk keeps the last flush.
    func detachFromDisk() {
        _ = chdf5_detach_from_disk(id)
    }
}

// MARK: - Reading

extension HDF5File {
    /// Whether there is a group or dataset at `path`.
    public func contains(_ path: String) throws(FieldIOError) -> Bool {
        let parent = id
        // HDF5 wants every step on the way to exist before it looks for the last.
        var step = ""
        for part in path.split(separator: "/") {
            step += "/\(part)"
            guard try location.at(step).call("look for", { H5Lexists(parent, step, 0) }) > 0 else { return false }
        }
        return true
    }

    /// The names in a group, in the order of their bytes.
    public func names(in group: String) throws(FieldIOError) -> [String] {
        let here = location.at(group)
        let handle = try openObject(group)
        var info = H5G_info_t()
        try here.call("read") { H5Gget_info(handle.id, &info) }
        var names: [String] = []
        for index in 0..<info.nlinks {
            let length = try here.call("read") {
                H5Lget_name_by_idx(handle.id, ".", H5_INDEX_NAME, H5_ITER_INC, index, nil, 0, 0)
            }
            var bytes = [CChar](repeating: 0, count: length + 1)
            try here.call("read") {
                H5Lget_name_by_idx(handle.id, ".", H5_INDEX_NAME, H5_ITER_INC, index, &bytes, bytes.count, 0)
            }
            names.append(String(decoding: bytes.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        return names
    }

    /// The lengths of the axes of a dataset; empty for a scalar.
    public func shape(of path: String) throws(FieldIOError) -> [Int] {
        try HDF5Dataset(opening: path, in: self).shape()
    }

    /// All values of a dataset of numbers, in row-major order.
    public func readDoubles(_ path: String) throws(FieldIOError) -> [Double] {
        try HDF5Dataset(opening: path, in: self).numbers()
    }

    /// The values of some rows (indices of the first axis) of a dataset of numbers, in row-major order.
    public func readDoubles(_ path: String, rows: Range<Int>) throws(FieldIOError) -> [Double] {
        try HDF5Dataset(opening: path, in: self).numbers(rows: rows)
    }

    /// All values of a dataset of integers, in row-major order.
    public func readIntegers(_ path: String) throws(FieldIOError) -> [Int] {
        let values: [Int64] = try HDF5Dataset(opening: path, in: self).numbers()
        return values.map { Int($0) }
    }

    /// The text of a dataset that holds one.
    public func readText(_ path: String) throws(FieldIOError) -> String {
        try HDF5Dataset(opening: path, in: self).text()
    }

    /// The text of an attribute of a group or dataset; `/` is the file's own group.
    public func readText(attribute name: String, of path: String) throws(FieldIOError) -> String {
        let owner = try openObject(path)
        return try HDF5Attribute(opening: name, on: owner.id, at: location.at(path)).text()
    }

    /// The integers of an attribute of a group or dataset.
    public func readIntegers(attribute name: String, of path: String) throws(FieldIOError) -> [Int] {
        let owner = try openObject(path)
        return try HDF5Attribute(opening: name, on: owner.id, at: location.at(path)).integers().map { Int($0) }
    }
}
