/// What makes the direction numbers of the Sobol sequence for 32 dimensions: S. Joe and F. Y. Kuo, SIAM J. Sci. Comput. 30,
/// 2635 (2008), table new-joe-kuo-6.21201, its rows for the dimensions 2 to 32.
enum SobolDirections {
    /// Number of dimensions.
    static let dimensions = rows.count + 1

    /// A primitive polynomial x^s + a_1 x^(s-1) + ... + a_(s-1) x + 1, its inner coefficients as the bits of a number, and the
    /// s initial direction numbers m_1, ..., m_s.
    private static let rows: [(coefficients: UInt32, initial: [UInt32])] = [
        (0, [1]),
        (1, [1, 3]),
        (1, [1, 3, 1]),
        (2, [1, 1, 1]),
        (1, [1, 1, 3, 3]),
        (4, [1, 3, 5, 13]),
        (2, [1, 1, 5, 5, 17]),
        (4, [1, 1, 5, 5, 5]),
        (7, [1, 1, 7, 11, 19]),
        (11, [1, 1, 5, 1, 1]),
        (13, [1, 1, 1, 3, 11]),
        (14, [1, 3, 5, 5, 31]),
        (1, [1, 3, 3, 9, 7, 49]),
        (13, [1, 1, 1, 15, 21, 21]),
        (16, [1, 3, 1, 13, 27, 49]),
        (19, [1, 1, 1, 15, 7, 5]),
        (22, [1, 3, 1, 15, 13, 25]),
        (25, [1, 1, 5, 5, 19, 61]),
        (1, [1, 3, 7, 11, 23, 15, 103]),
        (4, [1, 3, 7, 13, 13, 15, 69]),
        (7, [1, 1, 3, 13, 7, 35, 63]),
        (8, [1, 3, 5, 9, 1, 25, 53]),
        (14, [1, 3, 1, 13, 9, 35, 107]),
        (19, [1, 3, 1, 5, 27, 61, 31]),
        (21, [1, 1, 5, 11, 19, 41, 61]),
        (28, [1, 3, 5, 3, 3, 13, 69]),
        (31, [1, 1, 7, 13, 1, 19, 1]),
        (32, [1, 3, 7, 5, 13, 19, 59]),
        (37, [1, 1, 3, 9, 25, 29, 41]),
        (41, [1, 3, 5, 13, 23, 1, 55]),
        (42, [1, 3, 7, 3, 13, 59, 17]),
    ]

    /// The direction numbers v_1, ..., v_32 of each dimension, fractions of 2^32.
    static let all: [[UInt32]] = [(1...32).map { 1 << (32 - $0) }] + rows.map(directions)

    /// v_k = m_k / 2^k, with the recurrence of the polynomial: v_k = a_1 v_(k-1) + ... + a_(s-1) v_(k-s+1) + v_(k-s)
    /// + v_(k-s) / 2^s, bit by bit without carry.
    private static func directions(coefficients: UInt32, initial: [UInt32]) -> [UInt32] {
        let degree = initial.count
        var directions = initial.enumerated().map { index, number in number << UInt32(31 - index) }
        for index in degree..<32 {
            let last = directions[index - degree]
            var next = last ^ (last >> UInt32(degree))
            for term in 1..<max(degree, 1) where (coefficients >> UInt32(degree - 1 - term)) & 1 == 1 {
                next ^= directions[index - term]
            }
            directions.append(next)
        }
        return directions
    }
}
