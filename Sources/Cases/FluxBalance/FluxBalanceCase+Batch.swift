import Models

extension FluxBalanceCase: BatchedModel {
    /// A cell can always go with others.
    public var whyNotBatched: String? { nil }

    /// Solves cells one after the other: their unknowns are too few to be worth a vector of cells.
    public static func runBatch(
        _ cases: [FluxBalanceCase], goesOn: () -> Bool
    ) -> [Result<RunReport, RunFailure>] {
        cases.map { cell in
            guard goesOn() else { return .failure(RunFailure("\(name): interrupted")) }
            do {
                var run = FluxBalanceRun(cell.parameters, observer: nil)
                return .success(try run.run())
            } catch let failure as RunFailure {
                return .failure(failure)
            } catch {
                return .failure(RunFailure("\(name): \(error)"))
            }
        }
    }
}
