/// A value put over the tree of a case before it is checked: one `--set path=value`, or a value of a study.
struct CaseOverride: Sendable {
    /// The keys that lead to the value.
    let path: [String]
    /// Where the path stands.
    let place: SourceLocation
    let value: CaseNode

    /// A value with the places of the path and of itself.
    init(path: [String], place: SourceLocation, value: CaseNode) {
        self.path = path
        self.place = place
        self.value = value
    }

    /// Takes the argument apart.
    ///
    /// - Throws: ``CaseErrors`` when it is not `path=value`.
    init(_ argument: String) throws(CaseErrors) {
        place = .override(argument)
        guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
            throw CaseErrors(place, "expected path=value, such as `layer.thickness=5 um`")
        }
        path = argument[..<equals].split(separator: ".", omittingEmptySubsequences: false).map { String($0).trimmed }
        if path.contains("") {
            throw CaseErrors(
                place, "the path `\(argument[..<equals])` has an empty part; write it as in `layer.thickness=5 um`")
        }
        value = try CaseText.tree(ofOverride: String(argument[argument.index(after: equals)...]), argument: argument)
    }

    /// Puts the value in its place; maps on the way are made, list items must exist.
    ///
    /// - Throws: ``CaseErrors`` when the path leads to a list item that is not there or through more levels than a case has.
    func apply(to root: inout CaseNode) throws(CaseErrors) {
        if path.count > CaseText.deepestNesting {
            throw CaseErrors(
                place,
                "the path leads through \(path.count) keys, and a case has \(CaseText.deepestNesting) levels at most; "
                    + "write it as in `layer.thickness`")
        }
        try apply(to: &root, at: 0)
    }

    private func apply(to node: inout CaseNode, at depth: Int) throws(CaseErrors) {
        let part = path[depth]
        let isLast = depth == path.count - 1
        switch node.content {
        case .map(var entries):
            let index = entries.firstIndex { $0.key == part } ?? entries.endIndex
            if index == entries.endIndex {
                let empty = CaseNode(content: .map([]), location: place)
                entries.append(CaseNode.Entry(key: part, keyLocation: place, value: empty))
            }
            if isLast {
                entries[index] = CaseNode.Entry(key: part, keyLocation: place, value: value)
            } else {
                try apply(to: &entries[index].value, at: depth + 1)
            }
            node.content = .map(entries)
        case .list(var items):
            guard let index = Int(part), items.indices.contains(index) else {
                let numbers = items.count > 1 ? "its items are 0 to \(items.count - 1)" : "its only item is 0"
                throw CaseErrors(
                    place,
                    "the list `\(path[..<depth].joined(separator: "."))` has no item `\(part)`, \(items.isEmpty ? "it is empty" : numbers)"
                )
            }
            if isLast { items[index] = value } else { try apply(to: &items[index], at: depth + 1) }
            node.content = .list(items)
        case .scalar:
            // A value given in its short form, such as `diffusivity: 1e-10 cm^2/s`, gives way to the form with keys.
            var map = CaseNode(content: .map([]), location: place)
            try apply(to: &map, at: depth)
            node = map
        }
    }
}
