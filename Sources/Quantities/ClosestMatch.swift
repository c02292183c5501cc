/// The candidate that a misspelt word most likely stands for, or `nil` when none is close enough to be worth showing.
///
/// A candidate that differs only in case always counts. Any other must lie within (n + 1) / 3 edits of a word of n
/// characters: none for one character, one for two to four, two for five to seven. Among equally close candidates the
/// one with the longest common beginning wins, then the earlier one.
public func closestMatch(to word: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(word)
    let folded = word.lowercased()
    let limit = (letters.count + 1) / 3
    var best: (candidate: String, distance: Int, beginning: Int)?
    for candidate in candidates {
        // A difference in length is a lower bound of the distance, and cheap.
        guard abs(candidate.count - letters.count) <= best?.distance ?? limit else { continue }
        let differsInCaseOnly = candidate.lowercased() == folded
        guard differsInCaseOnly || limit > 0 else { continue }
        let other = Array(candidate)
        let distance = differsInCaseOnly ? 0 : editDistance(letters, other)
        guard differsInCaseOnly || distance <= limit else { continue }
        let beginning = zip(letters, other).prefix { $0 == $1 }.count
        if let best, (best.distance, -best.beginning) <= (distance, -beginning) { continue }
        best = (candidate, distance, beginning)
    }
    return best?.candidate
}

/// The Damerau-Levenshtein distance (optimal string alignment): the insertions, deletions, substitutions and swaps of
/// neighbours that turn one word into the other, no part being edited twice.
func editDistance(_ first: [Character], _ second: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for (i, left) in first.enumerated() {
        var row = [i + 1]
        row.reserveCapacity(second.count + 1)
        for (j, right) in second.enumerated() {
            var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left == right ? 0 : 1))
            if i > 0, j > 0, left == second[j - 1], first[i - 1] == right {
                cost = min(cost, beforeLast[j - 1] + 1)
            }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[second.count]
}
