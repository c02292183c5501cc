extension [Double] {
    /// Appends numbers that need no array of their own: the row of a time step is written in the storage of the row before.
    mutating func append<let count: Int>(_ numbers: InlineArray<count, Double>) {
        for place in numbers.indices { append(numbers[place]) }
    }
}
