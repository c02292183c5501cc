import Checkpoints
import FieldIO

/// Checkpoints: bytes are refused unless they are those that were written, and then they are written again as they were.
@Sendable func readCheckpoint(_ bytes: [UInt8]) {
    do throws(FieldIOError) {
        let state = try CheckpointFile.state(in: bytes, path: "checkpoint.h5")
        let again = try CheckpointFile.bytes(of: state)
        require(again == bytes, "a checkpoint that is written otherwise than it was read")
    } catch {
        require(error.reason.contains("its digest is wrong"), "\(error): its digest was right")
    }
}
