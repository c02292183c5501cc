internal import CHDF5
internal import CHDF5System

extension HDF5Text {
    /// Hands a list of texts to `write` as HDF5 wants it: pointers to C strings. Text with NUL characters is refused.
    static func withValues(
        _ texts: [String], at location: HDF5Location, _ write: (UnsafeRawPointer) -> herr_t
    ) throws(FieldIOError) {
        var bytes: [UInt8] = []
        var starts: [Int] = []
        starts.reserveCapacity(texts.count)
        for text in texts {
            guard !text.utf8.contains(0) else { throw location.error("write", "the text holds a NUL character") }
            starts.append(bytes.count)
            bytes.append(contentsOf: text.utf8)
            bytes.append(0)
        }
        try location.call("write") {
            bytes.withUnsafeBytes { buffer in
                let pointers = starts.map { start in buffer.baseAddress.map { $0 + start } }
                return pointers.withUnsafeBytes { list in list.baseAddress.map { write($0) } ?? 0 }
            }
        }
    }
}

extension HDF5Dataset {
    /// Writes a rectangular piece from numbers in row-major order; there must be as many as it holds.
    func write<Number: HDF5Number>(_ numbers: [Number], start: [Int], extent: [Int]) throws(FieldIOError) {
        try write(start: start, extent: extent) { (id, memory, file) throws(FieldIOError) in
            _ = try location.call("write") {
                numbers.withUnsafeBytes { H5Dwrite(id, Number.memoryType, memory, file, 0, $0.baseAddress) }
            }
        }
    }

    /// Writes a rectangular piece from texts in row-major order; there must be as many as it holds.
    func write(_ texts: [String], start: [Int], extent: [Int]) throws(FieldIOError) {
        let type = try HDF5Text.type(at: location)
        let typeID = type.id
        try write(start: start, extent: extent) { (id, memory, file) throws(FieldIOError) in
            try HDF5Text.withValues(texts, at: location) { H5Dwrite(id, typeID, memory, file, 0, $0) }
        }
    }

    private func write(
        start: [Int], extent: [Int],
        _ body: (_ dataset: hid_t, _ memory: hid_t, _ file: hid_t) throws(FieldIOError) -> Void
    ) throws(FieldIOError) {
        let id = self.id
        let file = try HDF5Handle("write", at: location) { H5Dget_space(id) }
        let memory = try HDF5Handle(shape: extent, at: location)
        let first = start.map { hsize_t($0) }
        let count = extent.map { hsize_t($0) }
        try location.call("write") { H5Sselect_hyperslab(file.id, H5S_SELECT_SET, first, nil, count, nil) }
        try body(id, memory.id, file.id)
    }
}
