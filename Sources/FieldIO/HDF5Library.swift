internal import CHDF5System

/// Facts about the HDF5 library this process runs with.
public enum HDF5Library {
    /// Version such as `1.10.8`.
    public static var version: String {
        var major: UInt32 = 0
        var minor: UInt32 = 0
        var release: UInt32 = 0
        H5get_libversion(&major, &minor, &release)
        return "\(major).\(minor).\(release)"
    }
}
