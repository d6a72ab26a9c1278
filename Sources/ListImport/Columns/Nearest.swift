/// Finds the names that someone may have meant.
enum Nearest {
    /// Characters that are compared.
    private static let longest = 64

    /// The nearest of the candidates by edit distance, case ignored, nearest first.
    static func names(to text: String, in candidates: [String], limit: Int = 3) -> [String] {
        // What somebody mistypes is a word or two; a page of text is compared no further.
        let wanted = Array(text.prefix(Self.longest).lowercased())
        let ranked = candidates.enumerated().map { index, candidate in
            (
                candidate: candidate, distance: distance(wanted, Array(candidate.prefix(longest).lowercased())),
                index: index
            )
        }
        return ranked.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }.prefix(limit).map(\.candidate)
    }

    /// Insertions, deletions and replacements of one character (Levenshtein).
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var previous = Array(0...right.count)
        for (row, character) in left.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (character == other ? 0 : 1)
                current.append(min(replaced, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
