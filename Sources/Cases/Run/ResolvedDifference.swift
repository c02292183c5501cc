/// The first difference between two resolved cases, for the message that refuses a checkpoint.
enum ResolvedDifference {
    /// What differs, as "`mesh.cells` was 40 and is 80"; nil when nothing does that could change a bit of the results.
    static func first(from before: String, to after: String) -> String? {
        let (old, new) = (values(of: before), values(of: after))
        if old.isEmpty { return "its resolved.yaml is damaged" }
        for (path, value) in new where !isFree(path) {
            guard let former = old.first(where: { $0.path == path })?.value else { return "`\(path)` is new: \(value)" }
            if former != value { return "`\(path)` was \(former) and is \(value)" }
        }
        guard let gone = old.first(where: { entry in !isFree(entry.path) && !new.contains { $0.path == entry.path } })
        else { return nil }
        return "`\(gone.path)` was \(gone.value) and is gone"
    }

    /// Keys that may change from one part of a run to the next: the bits do not depend on them.
    private static func isFree(_ path: String) -> Bool { path == "numerics.threads" || path == "title" }

    /// Every value of a case with its path, in the order of the text.
    private static func values(of text: String) -> [(path: String, value: String)] {
        guard let root = try? CaseText(path: "resolved.yaml", bytes: Array(text.utf8)).tree() else {
            return []
        }
        var found: [(String, String)] = []
        func visit(_ node: CaseNode, _ path: String) {
            let prefix = path.isEmpty ? "" : path + "."
            switch node.content {
            case .scalar(let text, _): found.append((path, text))
            case .list(let items):
                for (index, item) in items.enumerated() { visit(item, "\(prefix)\(index)") }
            case .map(let entries):
                for entry in entries { visit(entry.value, prefix + entry.key) }
            }
        }
        visit(root, "")
        return found
    }
}
