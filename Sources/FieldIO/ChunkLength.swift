/// How many rows of an appended dataset make a chunk, the unit in which HDF5 takes space and moves data.
enum ChunkLength {
    /// Values in a chunk below which frames are put together: 16 KiB, so that a short run of a small mesh stays small.
    static let smallest = 2_048
    /// Values in a chunk above which a frame is cut up: 512 KiB, half of HDF5's cache for a dataset.
    static let largest = 65_536

    /// Whole frames in a chunk whose frames hold `values` numbers each.
    static func frames(ofValues values: Int) -> Int { max(1, smallest / max(values, 1)) }

    /// Rows in a chunk when a frame is `rows` rows of `width` numbers that follow each other on the first axis.
    static func rows(frameRows rows: Int, width: Int) -> Int {
        let values = rows * width
        guard values > largest else { return frames(ofValues: values) * rows }
        // Equal pieces of a frame rather than full ones and a rest.
        let pieces = (values + largest - 1) / largest
        return (rows + pieces - 1) / pieces
    }

    /// The shape of a chunk of a table whose frames have the given shape: whole frames, or one cut up along its first
    /// axis.
    static func table(frameShape shape: [Int]) -> [Int] {
        let values = shape.reduce(1, *)
        let pieces = max(1, (values + largest - 1) / largest)
        return [frames(ofValues: values), (shape[0] + pieces - 1) / pieces] + shape.dropFirst()
    }
}
