/// The first bytes of a journal: what its records hold.
struct JournalHeader: Equatable {
    static let magic = Array("MesoRows".utf8)
    static let version: UInt32 = 1
    /// Length in the file, bytes: the fields and their digest.
    static let length = 8 + 5 * 4 + 8 + 8

    /// Points of the whole study.
    var points: Int
    /// Results in a row.
    var values: Int
    /// Whether a row holds an error for each result.
    var withErrors: Bool
    /// Which share the rows are of.
    var task: Int
    /// Number of shares.
    var shares: Int

    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.append(raw: Self.magic)
        writer.append(Self.version)
        for number in [values, withErrors ? 1 : 0, task, shares] { writer.append(UInt32(number)) }
        writer.append(Int64(points))
        writer.append(writer.digest(from: 0))
        return writer.bytes
    }

    /// Numbers in a row besides its point, steps and CPU time.
    var numbers: Int { withErrors ? 2 * values : values }
}
