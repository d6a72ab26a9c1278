import Campaigns

extension Cell {
    /// The cell as people read it.
    public var text: String {
        switch self {
        case .text(let text): VisibleText.onOneLine(text)
        case .integer(let number): String(number)
        case .decimal(let number): Self.oneDecimal(number)
        case .share(let share): "\(Int((share * 100).rounded())) %"
        case .none: ""
        }
    }

    /// Such as `7.5`.
    static func oneDecimal(_ number: Double) -> String {
        let tenths = Int64((number * 10).rounded())
        return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    /// Whether it is a number, so that it stands to the right.
    public var isNumeric: Bool {
        switch self {
        case .integer, .decimal, .share: true
        case .text, .none: false
        }
    }
}

extension Table {
    /// The table for a terminal: columns aligned, numbers to the right, totals under a rule.
    public var text: String { text(barsIn: nil) }

    /// The table for a terminal.
    ///
    /// - Parameter barred: a column of shares that get a bar beside them.
    func text(barsIn barred: Int?) -> String {
        let all = rows + (totals.map { [$0] } ?? [])
        let shown = { (row: [Cell]) in row.indices.map { $0 == barred ? row[$0].barred : row[$0].text } }
        let heads = columns.map { $0.split(separator: "_").joined(separator: " ") }
        var widths = heads.map(\.count)
        for row in all {
            for (column, text) in shown(row).enumerated() { widths[column] = max(widths[column], text.count) }
        }
        let numeric = columns.indices.map { column in
            all.contains { $0[column].isNumeric } && all.allSatisfy { $0[column].isNumeric || $0[column] == .none }
        }
        let line = { [widths] (texts: [String]) in
            let padded = texts.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - texts[column].count)
                return numeric[column] ? space + texts[column] : texts[column] + space
            }
            let joined = padded.joined(separator: "  ")
            return String(joined.reversed().drop { $0 == " " }.reversed())
        }
        let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
        var lines = [line(heads), rule]
        lines += rows.map { line(shown($0)) }
        if let totals {
            lines.append(rule)
            lines.append(line(shown(totals)))
        }
        return lines.joined(separator: "\n")
    }
}
