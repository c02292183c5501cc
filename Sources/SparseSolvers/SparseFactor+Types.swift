import CMumps

extension SparseFactor {
    /// What is known of a matrix. Functions that multiply by a symmetric matrix need both of its triangles.
    public enum Symmetry: Sendable, Hashable {
        /// Nothing: L U with pivoting.
        case general
        /// A = Aᵀ: L D Lᵀ with pivots of one and two rows. Entries below the diagonal are not read.
        case symmetricIndefinite
        /// A = Aᵀ and x · A x > 0: L D Lᵀ without pivoting. Entries below the diagonal are not read.
        case positiveDefinite

        var code: Int32 {
            switch self {
            case .general: Int32(CMUMPS_GENERAL)
            case .symmetricIndefinite: Int32(CMUMPS_SYMMETRIC)
            case .positiveDefinite: Int32(CMUMPS_POSITIVE_DEFINITE)
            }
        }
    }

    /// How the order of elimination is found; all of these give the same order in every run.
    public enum Ordering: Sendable, Hashable {
        /// Approximate minimum degree (Amestoy, Davis and Duff 1996).
        case amd
        /// Approximate minimum fill (Amestoy 1997).
        case amf
        /// Nested dissection with minimum degree inside (Schulze 2001); for a matrix that is half full, as ``amd``.
        case pord
        /// The rows in the order in which they are eliminated.
        case permutation([Int32])

        /// ICNTL(7) for a matrix with this many entries to read.
        func code(rows: Int, entries: Int) -> Int32 {
            switch self {
            case .amd: return Int32(CMUMPS_AMD)
            case .amf: return Int32(CMUMPS_AMF)
            case .pord:
                // PORD ends the process on a complete graph. With fewer entries than such a graph has edges there is none;
                // with more the matrix is half full and one order is as good as another.
                let edges = rows * (rows - 1) / 2
                return Int32(entries < edges ? CMUMPS_PORD : CMUMPS_AMD)
            case .permutation: return Int32(CMUMPS_PERMUTATION)
            }
        }
    }

    /// What the analysis foresaw and the last factorisation cost; zero for what has not been done.
    public struct Statistics: Sendable, Hashable {
        /// Entries of the factors foreseen by the analysis.
        public let expectedEntries: Int
        /// Floating-point operations of the elimination foreseen by the analysis.
        public let expectedOperations: Double
        /// Entries of the factors.
        public let entries: Int
        /// Floating-point operations of the elimination.
        public let operations: Double
        /// Memory of the factorisation in bytes, in steps of a million.
        public let allocatedBytes: Int
        /// Pivots too small to be used where the analysis had foreseen them.
        public let delayedPivots: Int
        /// Negative pivots of a symmetric matrix, the number of its negative eigenvalues; zero for a general matrix.
        public let negativePivots: Int
        /// Working memory in per cent above the estimate of the analysis.
        public let relaxation: Int
    }
}
