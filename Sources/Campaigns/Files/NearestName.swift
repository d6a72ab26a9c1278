/// Finds the known name that a mistyped one probably meant.
public enum NearestName {
    /// The known name nearest to `name` by edit distance, if it is near enough to be a guess worth printing.
    ///
    /// Of long texts none is looked for: nobody mistypes a word of 64 characters.
    public static func of(_ name: String, among known: some Sequence<String>) -> String? {
        guard name.utf8.count <= 4 * FileBounds.guessedWord, name.count <= FileBounds.guessedWord else { return nil }
        let limit = max(2, name.count / 2)
        return known.map { ($0, distance(name.lowercased(), $0.lowercased())) }
            .filter { $0.1 <= limit }
            .min { $0.1 < $1.1 }?.0
    }

    /// The ending of an error sentence: `; did you mean “windows”?`, or nothing.
    public static func hint(_ name: String, among known: some Sequence<String>) -> String {
        of(name, among: known).map { "; did you mean “\($0)”?" } ?? ""
    }

    /// Levenshtein's distance, with a row at a time.
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (character == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}

extension String {
    /// The text with every occurrence of one piece replaced by another.
    func replacing(_ piece: Character, with other: Character) -> String {
        String(map { $0 == piece ? other : $0 })
    }
}
