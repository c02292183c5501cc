import Quantities

internal import CHDF5System

/// A dataset of a study file that is written piece by piece.
///
/// A class, so that the columns can be kept in a list.
final class StudyTableColumn {
    private let dataset: HDF5Dataset

    /// Creates the dataset without values.
    init(
        creating path: String, in file: borrowing HDF5File, type: hid_t, shape: [Int], description: QuantityDescription
    ) throws(FieldIOError) {
        dataset = try HDF5Dataset(creating: path, in: file, type: type, shape: shape, storage: .fixed)
        try dataset.describe(units: description.units, longName: description.longName)
    }

    /// Creates a column of text.
    convenience init(
        texts path: String, in file: borrowing HDF5File, shape: [Int], longName: String
    ) throws(FieldIOError) {
        let type = try HDF5Text.type(at: file.location.at(path))
        try self.init(
            creating: path, in: file, type: type.id, shape: shape,
            description: QuantityDescription(path, units: "1", longName))
    }

    func write<Number: HDF5Number>(_ numbers: [Number], at block: StudyTableBlock) throws(FieldIOError) {
        try dataset.write(numbers, start: block.start, extent: block.extent)
    }

    func write(_ texts: [String], at block: StudyTableBlock) throws(FieldIOError) {
        try dataset.write(texts, start: block.start, extent: block.extent)
    }

    /// Names the values of a column of flags as the CF conventions do (section 3.5, flags).
    func describe(flags: [(value: Int8, meaning: String)]) throws(FieldIOError) {
        let here = dataset.location
        let space = try HDF5Handle(shape: [flags.count], at: here)
        let values = try HDF5Attribute(
            creating: "flag_values", type: Int8.fileType, space: space.id, on: dataset.id, at: here)
        try values.write(flags.map(\.value), type: Int8.memoryType)
        try HDF5Attribute.create(
            "flag_meanings", text: flags.map(\.meaning).joined(separator: " "), on: dataset.id, at: here)
    }
}
