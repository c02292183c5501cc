internal import Glibc

/// The table of a study, study.h5; docs/results-format.md describes it.
///
/// The file is written beside its place and moved there when it is complete and on the disk, so that its name stands for
/// a whole table at any time. What goes out of scope without `finish`, or fails, leaves an earlier table as it was.
///
/// Not for use from several threads at once, nor by several processes for one path.
public final class StudyTableFile {
    /// The pieces in which rows are written, in the order of the points.
    public let blocks: [StudyTableBlock]

    /// Points in a block, so that a block of some tens of columns has some megabytes.
    private static let pointsPerBlock = 16_384

    private let path: String
    private let draft: String
    private let outputs: Int
    private var contents: StudyTableContents?
    private var file: HDF5File?
    private var isOver = false

    /// Creates the file with everything but its rows.
    ///
    /// - Parameters:
    ///   - path: path of the table; its directory must exist.
    ///   - layout: what the file will hold.
    ///   - softwareVersion: version of Mesolith.
    ///   - provenance: names and texts of the datasets in `/provenance`.
    ///   - inputs: names and texts of the files that the points depend on, for `/provenance/inputs`.
    /// - Throws: `FieldIOError` when the file cannot be created, or when the layout is inconsistent.
    public init(
        creating path: String, layout: StudyTableLayout, softwareVersion: String,
        provenance: [(name: String, text: String)], inputs: [(name: String, text: String)]
    ) throws(FieldIOError) {
        self.path = path
        draft = path + ".partial"
        outputs = layout.outputs.count
        let location = HDF5Location(file: path, object: "")
        if let defect = layout.defect() ?? ObjectName.defect(in: provenance.map(\.name), reserved: ["inputs"]) {
            throw location.error("create", defect)
        }
        blocks = StudyTableBlock.blocks(ofShape: layout.shape, most: Self.pointsPerBlock)
        // Of a process that was killed.
        unlink(draft)
        let file = try HDF5File(creating: draft)
        do throws(FieldIOError) {
            contents = try StudyTableContents(
                creatingIn: file, layout: layout, softwareVersion: softwareVersion, provenance: provenance,
                inputs: inputs)
        } catch {
            file.detachFromDisk()
            unlink(draft)
            throw error
        }
        self.file = consume file
    }

    deinit { giveUp() }

    /// Writes the rows of a block; every block has to be written once.
    ///
    /// - Throws: `FieldIOError` when the rows do not fit the block or cannot be written; the file is given up then.
    public func write(_ rows: StudyTableRows, at block: StudyTableBlock) throws(FieldIOError) {
        let location = HDF5Location(file: path, object: "")
        guard let contents else { throw location.error("write", "it is finished or was given up") }
        guard rows.outputs.count == outputs, rows.count == block.points.count else {
            throw location.error(
                "write rows to",
                "\(rows.count) rows with \(rows.outputs.count) outputs are given for \(block.points.count) points with "
                    + "\(outputs)")
        }
        do throws(FieldIOError) { try contents.write(rows, at: block) } catch {
            giveUp()
            throw error
        }
    }

    /// Brings the table to the disk and to its name.
    ///
    /// - Throws: `FieldIOError` when that cannot be done; the file is given up then.
    public func finish() throws(FieldIOError) {
        let location = HDF5Location(file: path, object: "")
        do throws(FieldIOError) {
            switch file {
            case .some(let file): try file.flush()
            case .none: throw location.error("write", "it is finished or was given up")
            }
            // The datasets go first: HDF5 closes the file for good, and can fail to, only when nothing in it is open.
            contents = nil
            if let file = file.take() { try file.close() }
            try Self.synchronize(draft, at: location)
            guard rename(draft, path) == 0 else { throw location.error("write", systemError: errno) }
            isOver = true
            try Self.synchronize(Self.directory(of: path), at: location)
        } catch {
            giveUp()
            throw error
        }
    }

    /// Drops what was written.
    private func giveUp() {
        guard !isOver else { return }
        file?.detachFromDisk()
        contents = nil
        file = nil
        unlink(draft)
        isOver = true
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Has the disk hold a file, or the names in a directory.
    private static func synchronize(_ path: String, at location: HDF5Location) throws(FieldIOError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw location.error("write", systemError: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw location.error("write", systemError: errno) }
    }
}
