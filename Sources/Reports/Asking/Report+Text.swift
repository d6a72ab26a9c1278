extension Report {
    /// The report for a terminal: what it covers, its figures, its tables and what a reader must know.
    public var text: String {
        var parts = ["\(title)\n\(subtitle)"]
        if !figures.isEmpty { parts.append(figures.map(\.text).joined(separator: "   ")) }
        for section in sections {
            parts.append((sections.count > 1 ? "\(section.title)\n\n" : "") + section.text)
        }
        if !notes.isEmpty { parts.append(notes.map { "- \($0)" }.joined(separator: "\n")) }
        return parts.joined(separator: "\n\n")
    }
}

extension ReportSection {
    /// The table for a terminal, its last column of shares drawn as bars; or why it is empty.
    public var text: String {
        guard !table.rows.isEmpty else { return empty }
        let shares = table.columns.indices.filter { column in
            table.rows.contains { if case .share = $0[column] { true } else { false } }
        }
        return table.text(barsIn: shares.last)
    }
}

extension ReportFigure {
    /// `Calls 120 (before: 100)`.
    var text: String {
        let now = value == .none ? "–" : value.text
        return "\(label) \(now)" + (before == .none ? "" : " (before: \(before.text))")
    }
}

extension Cell {
    /// A share as a percentage and a bar of ten blocks, in eighths of a block.
    var barred: String {
        guard case .share(let share) = self else { return text }
        let eighths = Int((min(1, max(0, share)) * 80).rounded())
        let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        let bar = String(repeating: "█", count: eighths / 8) + rest
        return text + " " + bar + String(repeating: " ", count: 10 - bar.count)
    }
}
