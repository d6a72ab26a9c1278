import Campaigns
import Foundation
import Reports

/// Cells and headings as pages show them.
struct ReportCellText {
    private let time: ViewerTime

    /// Numbers that name something are not grouped.
    private static let names: Set<String> = ["attempt", "contact", "pass", "version", "list", "id"]

    /// - Parameter zone: on whose clock times are shown.
    init(zone: TimeZone) {
        time = ViewerTime(zone: zone)
    }

    /// A cell in words, such as `1,234` or `12 %`.
    func text(_ cell: Cell, in column: String) -> String {
        if case .integer(let number) = cell, !Self.names.contains(column) { return Self.grouped(number) }
        return cell.text
    }

    /// A time with what stands in a `<time>`; nil where the cell is none.
    func time(_ cell: Cell, in column: String) -> [String: String]? {
        guard column == "at" || column == "earliest" || column.hasSuffix("_at"), case .text(let text) = cell,
            let instant = Instant(iso8601: text)
        else { return nil }
        return time.element(instant)
    }

    /// A column's name for people: `talk_s` is `Talk, s`.
    static func heading(_ column: String) -> String {
        var words = column.split(separator: "_").map(String.init)
        let unit = words.count > 1 && ["s", "ms", "min"].contains(words.last) ? words.removeLast() : nil
        let name = words.joined(separator: " ")
        return name.prefix(1).uppercased() + name.dropFirst() + (unit.map { ", \($0)" } ?? "")
    }

    /// A number with commas between thousands.
    static func grouped(_ number: Int64) -> String {
        let digits = Array(String(number.magnitude))
        let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
        return (number < 0 ? "−" : "") + groups.reversed().joined(separator: ",")
    }
}
