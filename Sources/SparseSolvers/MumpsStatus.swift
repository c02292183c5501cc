import CMumps

extension cmumps_status {
    /// Whether more working memory, ICNTL(14), may help: one of MUMPS's work arrays or buffers was too small.
    var lacksWorkspace: Bool { [-8, -9, -17, -20].contains(code) }

    /// INFOG(2) as a count, which is negative in millions where it exceeds 32 bits.
    var count: Int { detail >= 0 ? Int(detail) : -1_000_000 * Int(detail) }
}

extension SparseFactorError {
    /// The sentence for a code of MUMPS's manual below zero.
    init(_ status: cmumps_status, rows: Int, relaxation: Int) {
        switch status.code {
        case -6: self = .structurallySingular(rank: Int(status.detail), rows: rows)
        case -10: self = .singular(row: nil)
        case -5, -7, -13: self = .outOfMemory(bytes: 8 * status.count)
        case _ where status.lacksWorkspace:
            self = .workspaceTooSmall(relaxation: relaxation, missingEntries: status.count)
        default: self = .library(code: Int(status.code), detail: Int(status.detail))
        }
    }
}
