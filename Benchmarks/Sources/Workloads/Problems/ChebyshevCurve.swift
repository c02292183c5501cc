import Foundation

/// A smooth positive function through its values at Chebyshev's points of each of some pieces, ends included, and constant beyond
/// the last: the error falls by a factor with each point (Berrut and Trefethen, SIAM Rev. 46 (2004) 501). Its logarithm is
/// interpolated.
struct ChebyshevCurve {
    private let breaks: [Double]
    private let count: Int
    private let places: [Double]
    private let logarithms: [Double]

    /// The curve of a function, given at all places at once, on `count` points of each piece.
    init(breaks: [Double], count: Int, _ function: ([Double]) -> [Double]) {
        self.breaks = breaks
        self.count = count
        places = zip(breaks, breaks.dropFirst()).flatMap { low, high in
            (0..<count).map { 0.5 * (low + high) - 0.5 * (high - low) * cos(.pi * Double($0) / Double(count - 1)) }
        }
        logarithms = function(places).map { log($0) }
    }

    /// The function at a place.
    func value(at place: Double) -> Double {
        guard let piece = breaks.dropFirst().firstIndex(where: { place < $0 }) else {
            return exp(logarithms.last ?? .nan)
        }
        var (above, below) = (0.0, 0.0)
        for point in 0..<count {
            let index = (piece - 1) * count + point
            let distance = place - places[index]
            if distance == 0 { return exp(logarithms[index]) }
            let isEnd = point == 0 || point == count - 1
            let weight = (point.isMultiple(of: 2) ? 1 : -1) * (isEnd ? 0.5 : 1) / distance
            above += weight * logarithms[index]
            below += weight
        }
        return exp(above / below)
    }
}
