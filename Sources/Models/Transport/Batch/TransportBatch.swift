/// Many layers at once, eight to a vector: the batched engine of parameter studies.
///
/// Every layer is solved by the method of ``TransportRun``, on its own mesh and with its own steps and events; what it gives does
/// not depend on which others are there, nor on their order.
public enum TransportBatch {
    /// The ends of all layers, in their order.
    ///
    /// - Parameter goesOn: asked now and then; false ends the work, and nil is returned.
    public static func run(
        _ layers: [TransportParameters], goesOn: () -> Bool = { true }
    ) -> [Result<TransportEnd, RunFailure>]? {
        // Layers of one kind and with as many cells go together.
        var kinds: [Kind: [Int]] = [:]
        // Prescribed steps are for a run of their own.
        for (index, layer) in layers.enumerated() where !layer.integrator.hasFixedSteps {
            kinds[Kind(layer), default: []].append(index)
        }
        var ends = [TransportEnd?](repeating: nil, count: layers.count)
        var transforms = SharedTransforms()
        for (kind, members) in kinds.sorted(by: { $0.value[0] < $1.value[0] }) {
            var lanes = TransportLanes(cells: kind.cells, isLinear: kind.isLinear)
            for first in stride(from: 0, to: members.count, by: Lanes.scalarCount) {
                if !goesOn() { return nil }
                let group = members[first..<min(first + Lanes.scalarCount, members.count)]
                let found = lanes.run(
                    group, of: layers,
                    transforms: kind.isLinear ? [] : group.map { transforms.transform(of: layers[$0]) },
                    goesOn: goesOn)
                guard let found else { return nil }
                for (index, end) in zip(group, found) { ends[index] = end }
            }
        }
        var results: [Result<TransportEnd, RunFailure>] = []
        results.reserveCapacity(layers.count)
        for (layer, end) in zip(layers, ends) {
            if let end {
                results.append(.success(end))
            } else {
                guard let result = alone(layer, goesOn: goesOn) else { return nil }
                results.append(result)
            }
        }
        return results
    }

    /// A layer by a run of its own; nil when it was called off.
    private static func alone(
        _ layer: TransportParameters, goesOn: () -> Bool
    ) -> Result<TransportEnd, RunFailure>? {
        withoutActuallyEscaping(goesOn) { goesOn in
            var run = TransportRun(layer, observer: ProgressObserver(goesOn: goesOn))
            do {
                let (end, isFinished) = try run.end()
                return isFinished ? .success(end) : nil
            } catch let failure as RunFailure {
                return .failure(failure)
            } catch {
                return .failure(RunFailure("transport: \(error)"))
            }
        }
    }

    private struct Kind: Hashable {
        let cells: Int
        let isLinear: Bool

        init(_ layer: TransportParameters) {
            cells = layer.cells
            isLinear = layer.frame == .slab && layer.diffusivity.isConstant
        }
    }

    /// The transforms of laws that differ in a factor are the same.
    private struct SharedTransforms {
        private struct Key: Hashable {
            let shape: LayerCoefficient.Shape
            let upper: Double
            let accuracy: Double
        }
        private var known: [Key: LaneTransform.Shared] = [:]
        private var last: (key: Key, transform: LaneTransform.Shared)?

        mutating func transform(of layer: TransportParameters) -> LaneTransform.Shared {
            let frame = LayerFrame(swelling: layer.frame == .host ? layer.composition.lithiumVolume : 0)
            let coefficient = LayerCoefficient(layer.diffusivity, frame: frame, composition: layer.composition)
            let key = Key(
                shape: coefficient.shape, upper: layer.saturation, accuracy: layer.transformAccuracy)
            if let last, last.key == key { return last.transform }
            let transform =
                known[key]
                ?? LaneTransform.Shared(coefficient.transform(upTo: key.upper, accuracy: key.accuracy))
            known[key] = transform
            last = (key, transform)
            return transform
        }
    }
}

/// Keeps nothing of a run, and stops it when it is called off.
private final class ProgressObserver: RunObserver {
    private let goesOn: () -> Bool

    init(goesOn: @escaping () -> Bool) { self.goesOn = goesOn }

    func begin(_ outline: RunOutline) {}
    func record(time: Double, row: [Double]) {}
    func record(time: Double, points: [SIMD2<Double>], fields: [Double]) {}
    func progress(_ progress: RunProgress) -> RunDirective { goesOn() ? .goOn : .stop }
}
