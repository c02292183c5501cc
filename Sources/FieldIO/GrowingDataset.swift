import Quantities

internal import CHDF5
internal import CHDF5System

/// A dataset held open to be appended to along its first axis.
///
/// The dataspaces that describe the selection in the file and the block in memory are made once and changed in place,
/// so that appending costs no more than the HDF5 calls themselves.
final class GrowingDataset {
    private let dataset: HDF5Dataset
    private let fileSpace: HDF5Handle
    private let memorySpace: HDF5Handle
    private var extent: [hsize_t]
    private var start: [hsize_t]
    private var block: [hsize_t]

    /// Rows that hold data.
    private(set) var rows = 0

    /// Creates an empty dataset.
    ///
    /// - Parameters:
    ///   - rowShape: the axes after the first; empty for a list of numbers.
    ///   - storage: `.growing` or `.constant`.
    init(
        creating path: String, in file: borrowing HDF5File, type: hid_t, rowShape: [Int], storage: HDF5Dataset.Storage,
        description: QuantityDescription?
    ) throws(FieldIOError) {
        let shape = [0] + rowShape
        let dataset = try HDF5Dataset(creating: path, in: file, type: type, shape: shape, storage: storage)
        if let description { try dataset.describe(units: description.units, longName: description.longName) }
        extent = shape.map { hsize_t($0) }
        block = extent
        start = [hsize_t](repeating: 0, count: shape.count)
        fileSpace = try HDF5Handle(shape: shape, at: dataset.location)
        memorySpace = try HDF5Handle(shape: shape, at: dataset.location)
        self.dataset = dataset
    }

    /// Makes room for `count` rows in all, ahead of the data.
    func makeRoom(for count: Int) throws(FieldIOError) {
        let length = hsize_t(count)
        guard length > extent[0] else { return }
        extent[0] = length
        let id = dataset.id
        try dataset.location.call("extend") { H5Dset_extent(id, extent) }
    }

    /// Counts rows that hold the constant of the dataset.
    func appendConstants(upTo count: Int) throws(FieldIOError) {
        try makeRoom(for: count)
        rows = count
    }

    /// Appends rows stored in row-major order from `values`, which must point at as many numbers of the type
    /// `memoryType`.
    func append(rows count: Int, from values: UnsafeRawPointer, memoryType: hid_t) throws(FieldIOError) {
        try makeRoom(for: rows + count)
        let here = dataset.location
        let rank = Int32(extent.count)
        if block[0] != hsize_t(count) {
            block[0] = hsize_t(count)
            try here.call("write") { H5Sset_extent_simple(memorySpace.id, rank, block, nil) }
        }
        start[0] = hsize_t(rows)
        try here.call("write") { H5Sset_extent_simple(fileSpace.id, rank, extent, nil) }
        try here.call("write") { H5Sselect_hyperslab(fileSpace.id, H5S_SELECT_SET, start, nil, block, nil) }
        let id = dataset.id
        try here.call("write") { H5Dwrite(id, memoryType, memorySpace.id, fileSpace.id, 0, values) }
        rows += count
    }
}
