internal import CHDF5
internal import CHDF5System
internal import Glibc

/// Reading of whole arrays into memory.
enum HDF5Read {
    /// Reads as many numbers as the dataspace holds.
    ///
    /// A damaged file may claim any size, so one that does not fit into the machine's memory is refused here.
    static func numbers<Number: HDF5Number & Numeric>(
        in space: hid_t, at location: HDF5Location, _ read: (UnsafeMutableRawPointer) -> herr_t
    ) throws(FieldIOError) -> [Number] {
        let count = try location.call("read") { H5Sget_select_npoints(space) }
        guard count > 0 else { return [] }
        let memory = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        guard Int(count) <= memory / MemoryLayout<Number>.stride else {
            throw location.error("read", "\(count) values do not fit into memory")
        }
        var values = [Number](repeating: 0, count: Int(count))
        try location.call("read") {
            values.withUnsafeMutableBytes { bytes in bytes.baseAddress.map { read($0) } ?? -1 }
        }
        return values
    }
}
