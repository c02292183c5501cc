import ArgumentParser
import CKernels
import Workloads

/// Calls a kernel within the C function `measured_region`, so that a profiler can count its instructions alone.
struct CallKernel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernel", abstract: "Call a kernel within the function measured_region.")

    @Argument(help: "Its name, one of those that `workload kernels` prints.") var id: String
    @Argument(help: "How often.") var calls: Int

    func run() throws {
        guard let kernel = (Kernels.limits + Kernels.all).first(where: { $0.id == id }) else {
            throw Failure("there is no kernel `\(id)`; `workload kernels` prints their names")
        }
        let region = Region(try kernel.prepare(), calls)
        measured_region(
            { Unmanaged<Region>.fromOpaque($0!).takeUnretainedValue().run() },
            Unmanaged.passUnretained(region).toOpaque())
        if let error = region.error { throw error }
    }
}

/// The calls, and what went wrong in them.
private final class Region {
    private let body: () throws -> Void
    private let calls: Int
    private(set) var error: (any Error)?

    init(_ body: @escaping () throws -> Void, _ calls: Int) {
        self.body = body
        self.calls = calls
    }

    func run() {
        do { for _ in 0..<calls { try body() } } catch { self.error = error }
    }
}
