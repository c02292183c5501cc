/// What is looked for in the course of a closing void.
enum VoidEvent: Hashable {
    /// Half the radius is left.
    case half
    /// So little of the radius is left that the void counts as closed.
    case closed
    /// This long after the start, s.
    case time(Double)

    /// What is negative before the event and positive after it, over the way to it.
    ///
    /// - Parameter fraction: a/a_0 of a void that counts as closed.
    func excess(at state: [Double], in system: VoidSystem, closingAt fraction: Double) -> Double {
        switch self {
        case .half: state[0] / Double.log(0.5) - 1
        case .closed: state[0] / Double.log(fraction) - 1
        case .time(let end): system.time(logTime: state[1]) / end - 1
        }
    }
}
