internal import CHDF5
internal import CHDF5System

/// A number that HDF5 stores; every file holds it little-endian.
protocol HDF5Number {
    /// HDF5 type of the value in memory.
    static var memoryType: hid_t { get }
    /// HDF5 type of the value in the file.
    static var fileType: hid_t { get }
}

extension Double: HDF5Number {
    static let memoryType = chdf5_native_double()
    static let fileType = chdf5_ieee_f64le()
}

extension Int64: HDF5Number {
    static let memoryType = chdf5_native_int64()
    static let fileType = chdf5_std_i64le()
}

extension Int32: HDF5Number {
    static let memoryType = chdf5_native_int32()
    static let fileType = chdf5_std_i32le()
}

extension Int8: HDF5Number {
    static let memoryType = chdf5_native_int8()
    static let fileType = chdf5_std_i8le()
}

extension UInt8: HDF5Number {
    static let memoryType = chdf5_native_uint8()
    static let fileType = chdf5_std_u8le()
}
