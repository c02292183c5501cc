import Quantities

/// A place on an axis.
enum AxisPosition: Sendable {
    /// One of its values, by number.
    case index(Int)
    /// A part of the way, above 0 and below 1.
    case part(Double)
}

/// The values of an axis as they are put into a case, and where they stand.
enum AxisValues: Sendable {
    /// Values from end to end; how many, unless the design samples them.
    case span(AxisSpan, points: Int?)
    /// Values one by one.
    case list(AxisList)

    /// Number of values; nil for a span that is sampled.
    var count: Int? {
        switch self {
        case .span(_, let points): points
        case .list(let list): list.texts.count
        }
    }

    /// What the values are: a dimension, or nil for words.
    var dimension: Dimension? {
        switch self {
        case .span(let span, _): span.unit.dimension
        case .list(let list): list.dimension
        }
    }

    /// The values with each word replaced.
    func mapWords(_ transform: (String) -> String) -> AxisValues {
        guard case .list(var list) = self, list.dimension == nil else { return self }
        list.texts = list.texts.map(transform)
        return .list(list)
    }

    /// The value at a place and where it stands.
    func value(at position: AxisPosition) -> (text: String, location: SourceLocation) {
        switch self {
        case .span(let span, let points): (span.text(at: position, points: points), span.location)
        case .list(let list): (list.texts[list.index(at: position)], list.location(at: position))
        }
    }

    /// The value at a place as a coordinate.
    func coordinate(at position: AxisPosition) -> StudyCoordinate {
        switch self {
        case .span(let span, let points): .number(span.siValue(ofText: span.text(at: position, points: points)))
        case .list(let list):
            list.numbers.isEmpty
                ? .word(list.texts[list.index(at: position)]) : .number(list.numbers[list.index(at: position)])
        }
    }
}

/// Values given one by one. A table of a million is kept in few bytes each.
struct AxisList: Sendable {
    /// As they are put into a case.
    var texts: [String] = []
    /// In SI units; empty when they are words.
    private(set) var numbers: [Double] = []
    /// The dimension of the numbers; nil for words.
    private(set) var dimension: Dimension?
    private var places: [(line: Int32, column: Int32)] = []
    private let path: String

    /// The values of a list, each with its place in one file.
    ///
    /// They are numbers when all of them read as quantities of one dimension, else words.
    /// - Throws: ``CaseErrors`` for numbers of different dimensions, and for one among them that cannot be read.
    init(_ values: [CSVCell], in path: String) throws(CaseErrors) {
        self.path = path
        texts.reserveCapacity(values.count)
        places.reserveCapacity(values.count)
        numbers.reserveCapacity(values.count)
        var unreadable: (error: QuantityError, cell: CSVCell)?
        var other: (found: Dimension, cell: CSVCell)?
        for cell in values {
            texts.append(cell.text)
            places.append((cell.line, cell.column))
            do throws(QuantityError) {
                let quantity = try Quantity(parsing: cell.text)
                if numbers.isEmpty { dimension = quantity.unit.dimension }
                if other == nil, quantity.unit.dimension != dimension { other = (quantity.unit.dimension, cell) }
                numbers.append(quantity.siValue)
            } catch {
                if unreadable == nil || !Self.beginsAsNumber(unreadable?.cell.text ?? "") { unreadable = (error, cell) }
            }
        }
        if let unreadable {
            if !numbers.isEmpty && Self.beginsAsNumber(unreadable.cell.text) {
                throw CaseErrors(unreadable.cell.location(in: path), unreadable.error.message)
            }
            (numbers, dimension) = ([], nil)
        } else if let other, let dimension {
            throw CaseErrors(
                other.cell.location(in: path),
                "found \(quoted(other.cell.text)) (\(other.found.name)) where the first value is \(quoted(texts[0])) "
                    + "(\(dimension.name)); give the values of an axis in units of one kind")
        }
    }

    private static func beginsAsNumber(_ text: String) -> Bool {
        text.utf8.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-.".utf8.contains($0) } ?? false
    }

    /// The number of the value at a place, each equally likely along the axis.
    func index(at position: AxisPosition) -> Int {
        switch position {
        case .index(let index): index
        case .part(let part): min(Int(part * Double(texts.count)), texts.count - 1)
        }
    }

    func location(at position: AxisPosition) -> SourceLocation {
        let place = places[index(at: position)]
        return .file(path: path, line: Int(place.line), column: Int(place.column))
    }
}
