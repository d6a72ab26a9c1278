import CallingRules
import Campaigns
import Foundation
import Reports

/// Cells and headings as pages show them.
struct ReportCellText {
    private let time: ViewerTime

    /// Numbers that name something are not grouped.
    private static let names: Set<String> = ["attempt", "contact", "pass", "version", "list", "id"]

    /// - Parameter clock: the one on which times are shown.
    init(clock: ZoneClock) {
        time = ViewerTime(clock)
    }

    /// A cell in words, such as `1,234` or `12 %`.
    func text(_ cell: Cell, in column: String) -> String {
        switch cell {
        case .integer(let number) where !Self.names.contains(column): Counted.grouped(Int(number))
        case .decimal(let number): Self.grouped(decimal: number)
        case .text(let text) where Self.codes.contains(column): Self.words(text)
        default: cell.text
        }
    }

    /// Columns of the program's own codes, which people read as words.
    private static let codes: Set<String> = ["outcome", "class", "state"]

    /// `no_answer` as people write it.
    static func words(_ code: String) -> String { code.replacing("_", with: " ") }

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

    /// The name of a bar or series: the program's own codes as words, what people named as it is.
    static func label(_ name: String) -> String {
        let isCode =
            Outcome(rawValue: name) != nil || DispositionClass(rawValue: name) != nil
            || ContactState(rawValue: name) != nil || StationState(rawValue: name) != nil
            || ColumnDefinition.shared.contains { $0.column == name }
        return isCode ? words(name) : name
    }

    /// A number with one place behind the point, and commas between thousands.
    static func grouped(decimal number: Double) -> String {
        let tenths = Int64((number * 10).rounded())
        return (tenths < 0 ? "−" : "") + Counted.grouped(Int(abs(tenths) / 10)) + ".\(abs(tenths) % 10)"
    }
}
