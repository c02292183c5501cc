/// Goes through comma-separated values row by row.
struct CSVScanner {
    private let bytes: [UInt8]
    private let path: String
    private var index: Int
    private var line: Int32 = 1
    private var column: Int32 = 1

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
        index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next row that is not blank, its line and the number of its values; nil at the end.
    ///
    /// - Parameter wanted: the one value that is kept; nil for all of them.
    /// - Throws: ``CaseErrors`` where quotes are not as they should be.
    mutating func row(only wanted: Int? = nil) throws(CaseErrors) -> (cells: [CSVCell], count: Int, line: Int32)? {
        while index < bytes.count, isAtLineEnd { skipLineEnd() }
        guard index < bytes.count else { return nil }
        let firstLine = line
        var cells: [CSVCell] = []
        var count = 0
        while true {
            let isWanted = wanted == nil || wanted == count
            if let cell = try cell(isWanted: isWanted) { cells.append(cell) }
            count += 1
            guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else { break }
            advance()
        }
        skipLineEnd()
        return (cells, count, firstLine)
    }

    /// Reads to the end of a value.
    private mutating func cell(isWanted: Bool) throws(CaseErrors) -> CSVCell? {
        while index < bytes.count, Self.isBlank(bytes[index]) { advance() }
        let (line, column) = (line, column)
        var text: [UInt8] = []
        if index < bytes.count, bytes[index] == Self.quote {
            text = try quotedText()
        } else {
            let start = index
            while index < bytes.count, bytes[index] != UInt8(ascii: ","), !isAtLineEnd {
                if bytes[index] == Self.quote {
                    throw CaseErrors(
                        place, "a quote stands within a value; put the whole value in quotes and double those in it")
                }
                advance()
            }
            if isWanted {
                text = Array(bytes[start..<index])
                while let last = text.last, Self.isBlank(last) { text.removeLast() }
            }
        }
        return isWanted ? CSVCell(text: String(decoding: text, as: UTF8.self), line: line, column: column) : nil
    }

    private mutating func quotedText() throws(CaseErrors) -> [UInt8] {
        let opening = place
        var text: [UInt8] = []
        advance()
        while true {
            guard index < bytes.count else { throw CaseErrors(opening, "the quote that opens here is not closed") }
            let byte = bytes[index]
            advance()
            if byte == Self.quote {
                guard index < bytes.count, bytes[index] == Self.quote else { break }
                advance()
            }
            text.append(byte)
        }
        while index < bytes.count, Self.isBlank(bytes[index]) { advance() }
        guard index == bytes.count || bytes[index] == UInt8(ascii: ",") || isAtLineEnd else {
            throw CaseErrors(place, "expected a comma or the end of the line behind the closing quote")
        }
        return text
    }

    // MARK: - Characters

    private static let quote = UInt8(ascii: "\"")

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private var place: SourceLocation { .file(path: path, line: Int(line), column: Int(column)) }

    private var isAtLineEnd: Bool {
        guard bytes[index] == UInt8(ascii: "\r") else { return bytes[index] == UInt8(ascii: "\n") }
        return index + 1 == bytes.count || bytes[index + 1] == UInt8(ascii: "\n")
    }

    private mutating func skipLineEnd() {
        guard index < bytes.count else { return }
        if bytes[index] == UInt8(ascii: "\r") { index += 1 }
        if index < bytes.count { advance() }
    }

    private mutating func advance() {
        if bytes[index] == UInt8(ascii: "\n") {
            (line, column) = (line &+ 1, 1)
        } else if index + 1 == bytes.count || bytes[index + 1] & 0xC0 != 0x80 {
            // A character counts with the last of its bytes.
            column &+= 1
        }
        index += 1
    }
}
