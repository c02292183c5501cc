import Foundation
import SystemFiles
import Yams

/// The text of a case file, or of a material file, and the tree it holds, with every place kept.
struct CaseText: Sendable {
    /// What a file is to be, for messages.
    struct Document: Sendable {
        /// Such as `case`.
        let noun: String
        /// A first line, such as `model: transport`.
        let opening: String
        /// What to do where there is no such file.
        let advice: String

        static let caseFile = Document(
            noun: "case", opening: "model: transport",
            advice: "give the path of a case file, or start one with `mesolith new`")
        static let materialFile = Document(
            noun: "material", opening: "title: Li-Mg alloy",
            advice: "give the path of a material file, or one of the names that `mesolith materials` lists")
        static let studyFile = Document(
            noun: "study", opening: "case: wang2024-fig4a.yaml",
            advice: "give the path of a study file, such as cases/studies/utilisation-map.yaml")
    }

    /// Largest file, bytes.
    static let largestSize = 1 << 20
    /// Deepest nesting of maps and lists.
    static let deepestNesting = 32
    /// Most keys and values.
    static let mostNodes = 200_000

    /// Path as the user gave it.
    let path: String
    /// The file's text, verbatim.
    let text: String
    private let document: Document

    /// Reads a file.
    ///
    /// - Throws: ``CaseErrors`` when there is no such file, it is a directory, too large, or not text.
    init(reading path: String, as document: Document = .caseFile) throws(CaseErrors) {
        let bytes: [UInt8]
        do throws(InputFile.Problem) {
            bytes = try InputFile.bytes(of: path, atMost: Self.largestSize)
        } catch {
            throw CaseErrors(.file(path: path, line: 1, column: 1), Self.sentence(error, document))
        }
        try self.init(path: path, bytes: bytes, as: document)
    }

    /// Why a file is not read, and what to do.
    private static func sentence(_ problem: InputFile.Problem, _ document: Document) -> String {
        switch problem {
        case .missing: "there is no such file; \(document.advice)"
        case .directory: "this is a directory; give the path of a \(document.noun) file in it"
        case .special(let kind):
            "this is \(kind); write the \(document.noun) to a file on a disk and give the path of that"
        case .tooLarge: tooLarge(document)
        case .unreadable(let reason):
            "the file cannot be opened for reading (\(reason)); check its name and its permissions"
        }
    }

    private static func tooLarge(_ document: Document) -> String {
        "the file is larger than \(largestSize >> 20) MiB, too large for a \(document.noun)"
    }

    /// Takes the bytes of a file.
    ///
    /// - Throws: ``CaseErrors`` when they are too many or not text.
    init(path: String, bytes: [UInt8], as document: Document = .caseFile) throws(CaseErrors) {
        self.path = path
        self.document = document
        let start = SourceLocation.file(path: path, line: 1, column: 1)
        if bytes.count > Self.largestSize {
            throw CaseErrors(start, Self.tooLarge(document))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CaseErrors(start, "this is not a text file in UTF-8; a \(document.noun) file is YAML text")
        }
        let scalars = text.unicodeScalars
        if let index = scalars.firstIndex(where: { $0.isControl && !$0.isLayout }) {
            let number = String(scalars[index].value, radix: 16, uppercase: true)
            let padded = String(repeating: "0", count: max(0, 4 - number.count)) + number
            // The lines are those of YAML, which ends them in other ways too than with a line feed.
            let lines = text[..<index].split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            throw CaseErrors(
                .file(path: path, line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1),
                "the control character U+\(padded) stands here; a \(document.noun) file is YAML text")
        }
        self.text = text
    }

    /// The tree of the text.
    ///
    /// - Throws: ``CaseErrors`` for a mistake in the YAML, a duplicate key, an alias, or a file that is empty or no map.
    func tree() throws(CaseErrors) -> CaseNode {
        let path = path
        // Editors on Windows put a byte order mark before the text; Yams takes it for a part of the first key.
        let yaml = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        guard let root = try YAMLTree.read(yaml, place: { .file(path: path, line: $0, column: $1) }) else {
            throw CaseErrors(
                .file(path: path, line: 1, column: 1),
                "the file is empty; a \(document.noun) begins with `\(document.opening)`")
        }
        guard case .map = root.content else {
            throw CaseErrors(root.location, "expected a map of keys such as `\(document.opening)`, found \(root.kind)")
        }
        return root
    }

    /// The tree of a value given on the command line; every place is the argument.
    static func tree(ofOverride value: String, argument: String) throws(CaseErrors) -> CaseNode {
        let place = SourceLocation.override(argument)
        return try YAMLTree.read(value, place: { _, _ in place })
            ?? CaseNode(content: .scalar("", isQuoted: false), location: place)
    }
}

extension Unicode.Scalar {
    /// Whether this is a control character, or one that YAML does not take although Unicode has it.
    var isControl: Bool { properties.generalCategory == .control || value == 0xFFFE || value == 0xFFFF }
    /// Whether this is one of the control characters that make up lines.
    var isLayout: Bool { self == "\n" || self == "\r" || self == "\t" || value == 0x85 }
}

extension String {
    /// The text without blanks and line breaks at its ends.
    var trimmed: String {
        func isPlain(_ byte: UInt8?) -> Bool { byte.map { $0 > 0x20 && $0 < 0x7F } ?? true }
        // Most texts of a case have none, and Foundation takes long to find out.
        if isPlain(utf8.first) && isPlain(utf8.last) { return self }
        return trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Whether the text holds a line break or another control character.
    var hasControls: Bool {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return false }
        return contains(where: \.isNewline) || unicodeScalars.contains(where: \.isControl)
    }

    /// Whether the text holds a digit.
    var hasDigit: Bool {
        utf8.contains { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } || contains(where: \.isNumber)
    }
}
