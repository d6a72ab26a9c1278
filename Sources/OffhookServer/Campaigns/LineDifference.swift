/// What changed between two texts, line by line, for the audit log.
enum LineDifference {
    /// Characters of it that are kept.
    static let most = 4000

    /// Lines that went, with `-` and their former number, and lines that came, with `+` and their new one; nil where nothing
    /// changed.
    static func text(from old: String, to new: String) -> String? {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false)
        let lines = after.difference(from: before).map { change -> (line: Int, order: Int, text: String) in
            switch change {
            case .remove(let offset, let line, _): (offset, 0, "-\(offset + 1): \(line)")
            case .insert(let offset, let line, _): (offset, 1, "+\(offset + 1): \(line)")
            }
        }
        guard !lines.isEmpty else { return nil }
        let text = lines.sorted { ($0.line, $0.order) < ($1.line, $1.order) }.map(\.text).joined(separator: "\n")
        return text.count > most ? text.prefix(most) + "\n…" : text
    }
}
