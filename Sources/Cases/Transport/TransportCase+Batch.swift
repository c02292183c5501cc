import Models

extension TransportCase: BatchedModel {
    /// A slab can always go with others; a strip or a disk cannot.
    public var whyNotBatched: String? {
        plane == nil ? nil : "a strip or a disk is solved by itself; only slabs go together"
    }

    /// Solves slabs together, eight to a vector.
    public static func runBatch(
        _ cases: [TransportCase], goesOn: () -> Bool
    ) -> [Result<RunReport, RunFailure>] {
        TransportBatch.run(cases.map(\.parameters), goesOn: goesOn)?.map { $0.map { $0.report() } }
            ?? [Result<RunReport, RunFailure>](
                repeating: .failure(RunFailure("transport: interrupted")), count: cases.count)
    }
}
