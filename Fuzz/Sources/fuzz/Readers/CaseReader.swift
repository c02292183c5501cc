import Cases

/// Case files, with `--set` arguments behind zero bytes: what is resolved is a case again, and the same one.
@Sendable func readCase(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    let overrides = parts.dropFirst().prefix(4).map { String(decoding: $0, as: UTF8.self) }
    do throws(CaseErrors) {
        let found = try Case(bytes: parts[0], path: "case.yaml", overrides: overrides)
        let resolved = found.resolved
        do throws(CaseErrors) {
            let again = try Case(bytes: Array(resolved.utf8), path: "resolved.yaml")
            require(again.resolved == resolved, "resolved twice:\n\(resolved)\n\(again.resolved)")
        } catch {
            fatalError("the resolved case is refused: \(error)\n\(resolved)")
        }
    } catch {
        requirePlaces(of: error, in: parts[0], of: "case.yaml")
    }
}
