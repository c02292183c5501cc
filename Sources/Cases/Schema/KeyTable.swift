/// What is known of keys, for a terminal and for the reference page.
struct KeyTable {
    let keys: [KeyDeclaration]

    /// A paragraph a key, in lines of at most 100 columns.
    func lines() -> [String] {
        var lines: [String] = []
        for key in keys {
            var facts = [key.kind]
            if let defaultText = key.defaultText {
                facts.append("default \(defaultText)")
            } else if key.isRequired {
                facts.append("required")
            } else if key.isAlternative {
                facts.append("one way to give \(key.parent)")
            }
            if !key.range.isEmpty { facts.append(key.range) }
            if key.defaultText == nil && !key.example.isEmpty && !key.kind.contains(key.example) {
                facts.append("e.g. \(key.example)")
            }
            lines.append(key.path)
            lines += wrapped(facts.joined(separator: "; "), indent: 4)
            if !key.condition.isEmpty { lines += wrapped("only when \(key.condition)", indent: 4) }
            if !key.meaning.isEmpty { lines += wrapped(key.meaning, indent: 4) }
        }
        return lines
    }

    /// A row a key.
    func markdown() -> [String] {
        var lines = ["| key | holds | default | range | meaning |", "|---|---|---|---|---|"]
        for key in keys {
            let fallback =
                key.defaultText.map(code) ?? (key.isRequired ? "required" : key.isAlternative ? "one way" : "")
            let condition = key.condition.isEmpty ? "" : "Only when \(key.condition). "
            let example =
                key.defaultText == nil && !key.example.isEmpty && !key.kind.contains(key.example)
                ? " E.g. `\(key.example)`." : ""
            lines.append(
                "| `\(key.path)` | \(cell(key.kind)) | \(cell(fallback)) | \(cell(key.range)) | "
                    + "\(cell(condition + key.meaning + example)) |")
        }
        return lines
    }
}

/// Words broken into lines of at most 100 columns.
func wrapped(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = margin
    for word in text.split(separator: " ") {
        if line.count + word.count > 99 && line.count > indent {
            lines.append(line)
            line = margin
        }
        line += (line.count > indent ? " " : "") + word
    }
    return lines + [line]
}

/// Text in a cell of a Markdown table.
func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

/// Text in backticks, unless it is empty.
func code(_ text: String) -> String { text.isEmpty ? "" : "`\(text)`" }
