internal import CHDF5
internal import CHDF5System

/// An open dataset.
struct HDF5Dataset: ~Copyable {
    let handle: HDF5Handle
    let location: HDF5Location

    /// How a dataset lies in the file.
    enum Storage {
        /// In one piece, of the shape it is created with.
        case fixed
        /// In chunks of the given shape, so that the first axis can grow.
        ///
        /// Space is taken when the axis grows, not when a chunk leaves its cache: where things lie then depends on what
        /// is written only, never on the moments of the flushes.
        case growing(chunk: [Int])
        /// As `growing`, for data that all equal one integer: nothing is stored but that value.
        case constant(Int64)
    }

    /// Creates the dataset at an absolute path whose group exists.
    init(
        creating path: String, in file: borrowing HDF5File, type: hid_t, shape: [Int], storage: Storage
    ) throws(FieldIOError) {
        let here = file.location.at(path)
        let properties = try HDF5Handle.properties(of: chdf5_class_dataset_create(), at: here)
        let list = properties.id
        let growing: Bool
        switch storage {
        case .fixed:
            growing = false
        case .growing(let chunk):
            growing = true
            let extent = chunk.map { hsize_t($0) }
            try here.call("prepare") { H5Pset_chunk(list, Int32(extent.count), extent) }
            try here.call("prepare") { H5Pset_alloc_time(list, H5D_ALLOC_TIME_EARLY) }
            try here.call("prepare") { H5Pset_fill_time(list, H5D_FILL_TIME_NEVER) }
        case .constant(let value):
            growing = true
            let extent = [hsize_t(1024)] + shape.dropFirst().map { hsize_t($0) }
            try here.call("prepare") { H5Pset_chunk(list, Int32(extent.count), extent) }
            try here.call("prepare") {
                withUnsafePointer(to: value) { H5Pset_fill_value(list, Int64.memoryType, $0) }
            }
        }
        let space =
            shape.isEmpty
            ? try HDF5Handle(scalarAt: here) : try HDF5Handle(shape: shape, unlimited: growing, at: here)
        let parent = file.id
        handle = try HDF5Handle("create", at: here) { H5Dcreate2(parent, path, type, space.id, 0, list, 0) }
        location = here
    }

    /// Opens an existing dataset.
    init(opening path: String, in file: borrowing HDF5File) throws(FieldIOError) {
        let here = file.location.at(path)
        let parent = file.id
        handle = try HDF5Handle("open", at: here) { H5Dopen2(parent, path, 0) }
        location = here
    }

    var id: hid_t { handle.id }

    /// Writes the whole dataset from numbers in row-major order; there must be as many as its shape holds.
    func write<Number: HDF5Number>(_ numbers: [Number]) throws(FieldIOError) {
        let id = self.id
        try location.call("write") {
            numbers.withUnsafeBytes { H5Dwrite(id, Number.memoryType, 0, 0, 0, $0.baseAddress) }
        }
    }

    /// Gives the dataset the attributes that every quantity has.
    func describe(units: String, longName: String) throws(FieldIOError) {
        try HDF5Attribute.create("units", text: units, on: id, at: location)
        try HDF5Attribute.create("long_name", text: longName, on: id, at: location)
    }

    /// Gives the dataset the estimated error of its value.
    func describe(errorEstimate: Double) throws(FieldIOError) {
        try HDF5Attribute.create("error_estimate", number: errorEstimate, on: id, at: location)
    }

    /// The lengths of the axes; empty for a scalar.
    func shape() throws(FieldIOError) -> [Int] {
        let id = self.id
        let space = try HDF5Handle("read", at: location) { H5Dget_space(id) }
        let rank = try location.call("read") { H5Sget_simple_extent_ndims(space.id) }
        var extent = [hsize_t](repeating: 0, count: Int(rank))
        try location.call("read") { H5Sget_simple_extent_dims(space.id, &extent, nil) }
        return extent.map { Int(clamping: $0) }
    }

    /// All values in row-major order.
    func numbers<Number: HDF5Number & Numeric>() throws(FieldIOError) -> [Number] {
        let id = self.id
        let space = try HDF5Handle("read", at: location) { H5Dget_space(id) }
        return try HDF5Read.numbers(in: space.id, at: location) { H5Dread(id, Number.memoryType, 0, 0, 0, $0) }
    }

    /// The values of some rows of the first axis, in row-major order.
    func numbers<Number: HDF5Number & Numeric>(rows: Range<Int>) throws(FieldIOError) -> [Number] {
        var extent = try shape()
        guard let length = extent.first, rows.lowerBound >= 0, rows.upperBound <= length else {
            throw location.error("read", "rows \(rows) lie outside its shape \(extent)")
        }
        guard !rows.isEmpty else { return [] }
        extent[0] = rows.count
        let id = self.id
        let file = try HDF5Handle("read", at: location) { H5Dget_space(id) }
        var start = [hsize_t](repeating: 0, count: extent.count)
        start[0] = hsize_t(rows.lowerBound)
        let count = extent.map { hsize_t($0) }
        try location.call("read") { H5Sselect_hyperslab(file.id, H5S_SELECT_SET, start, nil, count, nil) }
        let memory = try HDF5Handle(shape: extent, at: location)
        return try HDF5Read.numbers(in: memory.id, at: location) {
            H5Dread(id, Number.memoryType, memory.id, file.id, 0, $0)
        }
    }

    /// The value of a dataset that holds one text.
    func text() throws(FieldIOError) -> String {
        let id = self.id
        let type = try HDF5Handle("read", at: location) { H5Dget_type(id) }
        let space = try HDF5Handle("read", at: location) { H5Dget_space(id) }
        return try HDF5Text.value(type: type.id, space: space.id, at: location) { H5Dread(id, $0, 0, 0, 0, $1) }
    }
}
