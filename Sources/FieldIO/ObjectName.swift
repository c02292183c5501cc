/// The rules for names of datasets.
enum ObjectName {
    /// What is wrong with the names of one group, if anything.
    ///
    /// - Parameter reserved: names that the file uses itself.
    static func defect(in names: [String], reserved: Set<String> = []) -> String? {
        var taken = reserved
        for name in names {
            if name.isEmpty { return "a name is empty" }
            // VTK uses the name as it stands; HDF5 takes '/' for a path and '.' for the group itself.
            if name.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") || $0 == 0 }) {
                return "the name '\(name)' holds a '/', a '.' or a NUL"
            }
            if !taken.insert(name).inserted { return "the name '\(name)' is taken" }
        }
        return nil
    }
}
