import Cases
import TestSupport
import Testing

@Suite("Samples in the unit cube")
struct SamplingTests {
    @Test("The plain Sobol sequence has the values of Joe and Kuo")
    func sobolValues() {
        let sequence = SobolSequence(dimensions: 3, seed: nil)
        let expected: [[Double]] = [
            [0, 0, 0], [0.5, 0.5, 0.5], [0.75, 0.25, 0.25], [0.25, 0.75, 0.75], [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125], [0.625, 0.125, 0.875], [0.125, 0.625, 0.375],
        ]
        #expect((0..<8).map { sequence.point($0) } == expected)
        // Computed with SciPy 1.17 (scipy.stats.qmc.Sobol), which holds the same table.
        let wide = SobolSequence(dimensions: 32, seed: nil)
        let thirteenth: [Double] = [
            0.8125, 0.6875, 0.8125, 0.0625, 0.4375, 0.9375, 0.5625, 0.5625, 0.5625, 0.4375, 0.8125, 0.9375, 0.0625,
            0.8125,
            0.1875, 0.5625, 0.1875, 0.6875, 0.5625, 0.9375, 0.5625, 0.0625, 0.8125, 0.5625, 0.0625, 0.4375, 0.4375,
            0.0625,
            0.0625, 0.3125, 0.5625, 0.4375,
        ]
        #expect(wide.point(13) == thirteenth)
        let far: [Double] = [
            0.2764749526977539, 0.5619192123413086, 0.004401206970214844, 0.6322927474975586, 0.29140377044677734,
        ]
        #expect([0, 1, 9, 19, 31].map { wide.coordinate($0, of: 1_000_003) } == far)
    }

    @Test(
        "Every interval of length 2^-k holds one of 2^k points in a row, in each of 32 dimensions",
        arguments: [nil, 1, 2, 99])
    func sobolStrata(seed: UInt64?) {
        let sequence = SobolSequence(dimensions: SobolSequence.mostDimensions, seed: seed)
        for (power, block) in [(0, 5), (1, 3), (3, 0), (6, 2), (8, 1), (10, 4)] {
            let length = 1 << power
            for dimension in 0..<sequence.dimensions {
                let strata: [Int] = (block * length..<(block + 1) * length).map { point in
                    Int(sequence.coordinate(dimension, of: point) * Double(length))
                }
                #expect(strata.sorted() == Array(0..<length))
            }
        }
    }

    @Test("Two neighbouring axes of a scrambled sequence fill the plane evenly")
    func sobolPlane() {
        // The first two dimensions are a (0, 2)-sequence, scrambled or not: each of 16 x 16 boxes holds one of 256 points.
        let sequence = SobolSequence(dimensions: 2, seed: 5)
        let boxes: [Int] = (0..<256).map { point in
            let row = Int(16 * sequence.coordinate(0, of: point))
            let column = Int(16 * sequence.coordinate(1, of: point))
            return 16 * row + column
        }
        #expect(boxes.sorted() == Array(0..<256))
    }

    @Test("A seed gives its own points, inside the cube")
    func sobolSeeds() {
        let first = SobolSequence(dimensions: 4, seed: 1)
        let again = SobolSequence(dimensions: 4, seed: 1)
        let other = SobolSequence(dimensions: 4, seed: 2)
        for point in 0..<64 {
            #expect(first.point(point) == again.point(point))
            #expect(first.point(point) != other.point(point))
            #expect(first.point(point).allSatisfy { $0 > 0 && $0 < 1 })
        }
    }

    @Test("A scrambled sequence integrates better than random points")
    func sobolIntegral() {
        // The mean of 12 (x - 1/2)(y - 1/2) + x + y over the square is 1.
        func meanError(_ point: (Int) -> (Double, Double)) -> Double {
            var sum = 0.0
            for index in 0..<4096 {
                let (x, y) = point(index)
                let product: Double = 12 * (x - 0.5) * (y - 0.5)
                sum += product + x + y
            }
            return abs(sum / 4096 - 1)
        }
        let sequence = SobolSequence(dimensions: 2, seed: 3)
        let error = meanError { (sequence.coordinate(0, of: $0), sequence.coordinate(1, of: $0)) }
        #expect(error < 1e-4)
    }

    @Test(
        "Each n-th of every axis holds one sample of a Latin hypercube", arguments: [1, 2, 3, 7, 64, 100, 1000, 4097])
    func latinStrata(samples: Int) {
        for seed in [1, 2, 1_000_000] as [UInt64] {
            let hypercube = LatinHypercube(dimensions: 5, samples: samples, seed: seed)
            for dimension in 0..<5 {
                let places = (0..<samples).map { hypercube.coordinate(dimension, of: $0) }
                #expect(places.allSatisfy { $0 > 0 && $0 < 1 })
                #expect(places.map { Int($0 * Double(samples)) }.sorted() == Array(0..<samples))
            }
        }
    }

    @Test("The axes of a Latin hypercube are not tied to each other, nor to the order of the samples")
    func latinCorrelation() {
        let count = 2000
        let hypercube = LatinHypercube(dimensions: 6, samples: count, seed: 4)
        var columns = (0..<6).map { dimension in (0..<count).map { hypercube.coordinate(dimension, of: $0) - 0.5 } }
        columns.append((0..<count).map { Double($0) / Double(count) - 0.5 })
        for first in columns.indices {
            for second in 0..<first {
                let products = zip(columns[first], columns[second]).map { $0 * $1 }
                let correlation: Double = 12 * products.reduce(0, +) / Double(count)
                // The standard deviation of independent columns is 1 / sqrt(2000) = 0.022.
                #expect(abs(correlation) < 0.1, "axes \(second) and \(first)")
            }
        }
    }

    @Test("A seed gives its own hypercube")
    func latinSeeds() {
        func points(_ seed: UInt64) -> [Double] {
            let hypercube = LatinHypercube(dimensions: 3, samples: 50, seed: seed)
            return (0..<50).flatMap { sample in (0..<3).map { hypercube.coordinate($0, of: sample) } }
        }
        #expect(points(1) == points(1))
        #expect(points(1) != points(2))
    }
}
