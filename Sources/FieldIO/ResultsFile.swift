import Quantities
import SystemFiles

internal import Glibc

/// The file a run writes its results to while it goes on; docs/results-format.md describes it.
///
/// The file is flushed as soon as it exists, after the first frame, and from then on when an append finds that
/// `flushInterval` has passed since the last flush. Between flushes nothing of the file's structure is written, so a
/// run that is killed leaves a file that opens and holds what was there at the last flush. Signals that can wait do so
/// during a flush; what SIGKILL or a lost machine does to the file in that fraction of a millisecond, ``RunJournal`` makes good.
///
/// After a failed write the file is cut off from the disk, which keeps the last flush, and every further call throws
/// the same error. Wrong arguments throw too but leave the file as it was. A file that goes out of scope without
/// `finish` is flushed and keeps the status `running`.
///
/// Not for use from several threads at once.
public final class ResultsFile {
    private let location: HDF5Location
    private let meshMoves: Bool
    private let nodeCount: Int
    private let valuesPerNode: Int
    private let flushInterval: Duration

    /// Frames appended.
    public private(set) var frameCount = 0

    private var contents: ResultsContents?
    private var file: HDF5File?
    /// What a call gets that comes when there is no open file any more.
    private var closedBy: FieldIOError
    private var lastFlush: ContinuousClock.Instant

    /// Creates the file with everything that does not depend on time.
    ///
    /// - Parameters:
    ///   - path: path of the file; must not exist, its directory must.
    ///   - layout: what the file will hold.
    ///   - softwareVersion: version of Mesolith.
    ///   - provenance: names and texts of the datasets in `/provenance`.
    ///   - flushInterval: wall time between flushes.
    /// - Throws: `FieldIOError` when the file exists or cannot be created, or when the layout is inconsistent. A file
    ///   that could not be completed is removed.
    public init(
        creating path: String, layout: ResultsLayout, softwareVersion: String,
        provenance: [(name: String, text: String)], flushInterval: Duration = .milliseconds(500)
    ) throws(FieldIOError) {
        location = HDF5Location(file: path, object: "")
        if let defect = layout.defect() ?? ObjectName.defect(in: provenance.map(\.name)) {
            throw location.error("create", defect)
        }
        meshMoves = layout.meshMoves
        nodeCount = layout.mesh.points.count
        valuesPerNode = layout.valuesPerNode
        self.flushInterval = flushInterval
        closedBy = location.error("write", "it is finished")

        lastFlush = .now
        // Until the first flush there is nothing on the disk that opens.
        try holdingSignals { () throws(FieldIOError) in
            let file = try HDF5File(creating: path)
            do throws(FieldIOError) {
                contents = try ResultsContents(
                    creatingIn: file, layout: layout, softwareVersion: softwareVersion, provenance: provenance)
                try file.flush()
            } catch {
                file.detachFromDisk()
                unlink(path)
                throw error
            }
            self.file = consume file
        }
    }

    deinit {
        try? flush()
    }
}

// MARK: - Appending

extension ResultsFile {
    /// Appends a frame on the mesh as it is, which must be one that rests.
    ///
    /// - Parameters:
    ///   - time: simulated time, s.
    ///   - fields: the values of the first field on all nodes, then those of the second, and so on; the two components
    ///     of a vector follow each other.
    /// - Throws: `FieldIOError` when the numbers do not fit the layout or cannot be written.
    public func appendFrame(time: Double, fields: Span<Double>) throws(FieldIOError) {
        try appendFrame(time: time, fields: fields, positionCount: nil) { _ in }
    }

    /// Appends a frame on a mesh that moves.
    ///
    /// - Parameters:
    ///   - time: simulated time, s.
    ///   - points: positions of all nodes, m.
    ///   - fields: the values of the first field on all nodes, then those of the second, and so on; the two components
    ///     of a vector follow each other.
    /// - Throws: `FieldIOError` when the numbers do not fit the layout or cannot be written.
    public func appendFrame(
        time: Double, points: Span<SIMD3<Double>>, fields: Span<Double>
    ) throws(FieldIOError) {
        try appendFrame(time: time, fields: fields, positionCount: points.count) { $0.move(to: points) }
    }

    /// Appends a row to the time series.
    ///
    /// - Parameters:
    ///   - time: simulated time, s.
    ///   - values: one value for each series column of the layout.
    /// - Throws: `FieldIOError` when the numbers do not fit the layout or cannot be written.
    public func appendSeriesRow(time: Double, values: Span<Double>) throws(FieldIOError) {
        let contents = try openContents()
        guard values.count == contents.series.columnCount else {
            throw location.error(
                "append a row to",
                "the series has \(contents.series.columnCount) columns besides time, the row \(values.count) values")
        }
        try write { (_) throws(FieldIOError) in try contents.series.append(time: time, values: values) }
        try flushIfDue()
    }

    private func appendFrame(
        time: Double, fields: Span<Double>, positionCount: Int?, move: (FrameWriter) -> Void
    ) throws(FieldIOError) {
        let frames = try openContents().frames
        guard meshMoves == (positionCount != nil) else {
            let reason =
                meshMoves
                ? "the mesh moves but no positions are given" : "the mesh rests but positions are given"
            throw location.error("append a frame to", reason)
        }
        if let positionCount, positionCount != nodeCount {
            throw location.error("append a frame to", "\(positionCount) positions are given for \(nodeCount) nodes")
        }
        guard fields.count == valuesPerNode * nodeCount else {
            throw location.error(
                "append a frame to",
                "\(fields.count) values are given, for \(nodeCount) nodes with \(valuesPerNode) values each")
        }
        move(frames)
        try write { (_) throws(FieldIOError) in try frames.append(time: time, fields: fields) }
        frameCount += 1
        if frameCount == 1 { try flush() } else { try flushIfDue() }
    }
}

// MARK: - Flushing and finishing

extension ResultsFile {
    /// Makes everything appended so far visible to readers and safe from the end of this process.
    ///
    /// - Throws: `FieldIOError` when it cannot be written.
    public func flush() throws(FieldIOError) {
        let contents = try openContents()
        try holdingSignals { () throws(FieldIOError) in
            try write { (file) throws(FieldIOError) in
                try contents.commit()
                try file.flush()
            }
        }
        lastFlush = .now
    }

    /// Writes the summary and the status, and closes the file.
    ///
    /// - Parameters:
    ///   - status: how the run ended; not `.running`.
    ///   - summary: the results of the run as a whole.
    /// - Throws: `FieldIOError` when the arguments are wrong or something cannot be written.
    public func finish(status: RunStatus, summary: [DescribedValue]) throws(FieldIOError) {
        _ = try openContents()
        if status == .running {
            throw location.error("finish", "'running' is not the status of a run that has ended")
        }
        if let defect = ObjectName.defect(in: summary.map(\.quantity.name)) { throw location.error("finish", defect) }
        try holdingSignals { () throws(FieldIOError) in
            try conclude(status: status, summary: summary)
            // The datasets go first: HDF5 closes the file for good, and can fail to, only when nothing in it is open.
            contents = nil
            if let file = file.take() { try file.close() }
        }
    }

    private func conclude(status: RunStatus, summary: [DescribedValue]) throws(FieldIOError) {
        let contents = try openContents()
        try write { (file) throws(FieldIOError) in
            try contents.commit()
            try contents.conclude(status: status, summary: summary, in: file)
            try file.flush()
        }
    }

    private func flushIfDue() throws(FieldIOError) {
        if ContinuousClock.now - lastFlush >= flushInterval { try flush() }
    }

    private func openContents() throws(FieldIOError) -> ResultsContents {
        guard let contents else { throw closedBy }
        return contents
    }

    /// Runs one write; when it fails, gives the file up.
    private func write(
        _ body: (borrowing HDF5File) throws(FieldIOError) -> Void
    ) throws(FieldIOError) {
        do throws(FieldIOError) {
            switch file {
            case .some(let file): try body(file)
            case .none: throw closedBy
            }
        } catch {
            closedBy = error
            file?.detachFromDisk()
            contents = nil
            file = nil
            throw error
        }
    }
}
