import Glibc

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    reader.read(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// The reader that the environment names.
private let reader: Reader = {
    let name = getenv("MESOLITH_FUZZ_READER").map { String(cString: $0) } ?? ""
    if let reader = Reader.all.first(where: { $0.name == name }) { return reader }
    let names = Reader.all.map(\.name).joined(separator: ", ")
    print("MESOLITH_FUZZ_READER is `\(name)`, expected one of \(names)")
    exit(2)
}()

/// Something that reads what anybody may have written.
struct Reader: Sendable {
    let name: String
    /// Reads an input and holds what comes of it against what must be true of it; ends the process where it is not.
    let read: @Sendable ([UInt8]) -> Void

    /// The readers, in the order in which the script runs them. Each is a file of `Readers`.
    static let all: [Reader] = [
        Reader(name: "units", read: readUnits), Reader(name: "formula", read: readFormula),
        Reader(name: "csv", read: readTable), Reader(name: "tdb", read: readDatabase),
        Reader(name: "case", read: readCase), Reader(name: "study", read: readStudy),
        Reader(name: "material", read: readMaterial), Reader(name: "checkpoint", read: readCheckpoint),
        Reader(name: "journal", read: readJournal), Reader(name: "state", read: readState),
    ]
}
