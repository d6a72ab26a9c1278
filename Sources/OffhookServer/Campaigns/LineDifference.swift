import Campaigns

/// What changed between two texts, line by line, for the audit log.
enum LineDifference {
    /// Characters of it that are kept.
    static let most = 4000
    /// Lines of a text that are compared; a file of a campaign has some hundred.
    static let mostLines = 10_000
    /// Lines that may have come and gone, together.
    static let mostEdits = 500
    /// Pairs of lines that are compared.
    static let mostSteps = 2_000_000

    /// Lines that went, with `-` and their former number, and lines that came, with `+` and their new one; nil where nothing
    /// changed. Where that would take longer than the bounds of this type, only that the text was replaced.
    ///
    /// - Parameter what: the text, for that sentence: `the file`.
    static func text(from old: String, to new: String, of what: String = "the file") -> String? {
        guard old != new else { return nil }
        let (before, after) = (lines(of: old), lines(of: new))
        guard let (removed, inserted) = edits(from: before, to: after) else {
            return "\(what) was replaced (\(before.count) lines before, \(after.count) now)"
        }
        guard !removed.isEmpty || !inserted.isEmpty else { return nil }
        let changes =
            removed.map { (line: $0, order: 0, text: "-\($0 + 1): \(before[$0].prefix(most))") }
            + inserted.map { (line: $0, order: 1, text: "+\($0 + 1): \(after[$0].prefix(most))") }
        var text = ""
        for change in changes.sorted(by: { ($0.line, $0.order) < ($1.line, $1.order) }) {
            text += text.isEmpty ? change.text : "\n" + change.text
            if text.count > most { return text.prefix(most) + "\n…" }
        }
        return text
    }

    private static func lines(of text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    private static func edits(from before: [Substring], to after: [Substring]) -> (removed: [Int], inserted: [Int])? {
        guard before.count <= mostLines, after.count <= mostLines else { return nil }
        // Equal lines get equal numbers, so that each text is looked at once.
        var numbers: [Substring: Int] = [:]
        let number = { (line: Substring) -> Int in
            if let known = numbers[line] { return known }
            numbers[line] = numbers.count
            return numbers.count - 1
        }
        var difference = BoundedDifference(mostEdits: mostEdits, mostSteps: mostSteps)
        return difference.edits(from: before.map(number), to: after.map(number))
    }
}
