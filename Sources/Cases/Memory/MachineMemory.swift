import Glibc
import SystemFiles

/// The memory that this process may use, and what sets it.
public struct MachineMemory: Sendable, Hashable {
    /// Bytes.
    public let bytes: Int
    /// What sets it, such as `the machine`.
    public let source: String

    /// A limit and what sets it.
    public init(bytes: Int, source: String) {
        self.bytes = bytes
        self.source = source
    }

    /// The least of the physical memory, the limits of the process (`ulimit`) and those of its control group.
    public static var available: MachineMemory {
        var least = MachineMemory(
            bytes: Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE))), source: "the machine")
        let ofProcess = "a limit of the process (`ulimit`)"
        for kind in [RLIMIT_AS, RLIMIT_DATA] {
            var limit = rlimit()
            guard getrlimit(__rlimit_resource_t(kind.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int.max) else {
                continue
            }
            least = least.least(Int(limit.rlim_cur), ofProcess)
        }
        let membership = (try? InputFile.bytes(of: "/proc/self/cgroup", atMost: 1 << 16)) ?? []
        for limit in controlGroupLimits(String(decoding: membership, as: UTF8.self)) {
            least = least.least(limit, "its control group")
        }
        return least
    }

    private func least(_ bytes: Int, _ source: String) -> MachineMemory {
        bytes < self.bytes ? MachineMemory(bytes: bytes, source: source) : self
    }

    /// The limits of the control groups of a process, bytes: those of its own and of all above it.
    ///
    /// - Parameter membership: the lines of /proc/self/cgroup, `0::/user.slice` of version 2 and `4:memory:/user.slice` of 1.
    private static func controlGroupLimits(_ membership: String) -> [Int] {
        var limits: [Int] = []
        for line in membership.split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let (root, file): (String, String)
            switch fields[1] {
            case "": (root, file) = ("/sys/fs/cgroup", "memory.max")
            case "memory": (root, file) = ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            default: continue
            }
            var parts = fields[2].split(separator: "/")
            while true {
                let path = ([root] + parts.map(String.init) + [file]).joined(separator: "/")
                if let text = try? InputFile.bytes(of: path, atMost: 64),
                    // `max` where there is none.
                    let limit = Int(String(decoding: text, as: UTF8.self).trimmed)
                {
                    limits.append(limit)
                }
                if parts.popLast() == nil { break }
            }
        }
        return limits
    }
}
