/// A day of the week, Monday first as in ISO 8601.
public enum Weekday: Int, Sendable, Codable, CaseIterable, Hashable, Comparable {
    case monday = 0
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// The three-letter name that files use.
    public var shortName: String { ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][rawValue] }

    /// Monday comes first.
    public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }

    /// The weekday of a number of days since 1970-01-01, a Thursday.
    public init(daysSince1970 days: Int64) {
        let index = (days + 3) % 7
        self = Weekday.allCases[Int(index < 0 ? index + 7 : index)]
    }
}

/// Hours of the week in which calls may be placed, in some local time.
public struct WeeklyWindows: Sendable, Hashable {
    /// Per weekday, the open spans in minutes of the day, from 0 to 1440, sorted, not overlapping. A missing day is closed.
    public var spans: [Weekday: [Range<Int>]]

    /// Windows from spans in minutes of the day; touching and overlapping spans are joined.
    public init(_ spans: [Weekday: [Range<Int>]]) {
        self.spans = spans.mapValues { day in
            day.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: [Range<Int>]()) { joined, span in
                guard let last = joined.last, span.lowerBound <= last.upperBound else { return joined.append(span) }
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            }
        }.filter { !$0.value.isEmpty }
    }

    /// Reads the day part of a window key: `mon`, `mon-fri`, `sat-sun`, `all`; nil where it is none.
    public static func days(_ text: String) -> [Weekday]? {
        let names = Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0.shortName, $0) })
        let lower = text.lowercased()
        if lower == "all" { return Weekday.allCases }
        let ends = lower.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = ends.first.flatMap({ names[String($0)] }) else { return nil }
        if ends.count == 1 { return [first] }
        guard ends.count == 2, let last = names[String(ends[1])] else { return nil }
        let length = (last.rawValue - first.rawValue + 7) % 7
        return (0...length).map { Weekday.allCases[(first.rawValue + $0) % 7] }
    }

    /// Reads `09:00-20:00`, or several joined by commas, in minutes of the day; nil where it is none.
    public static func spans(_ text: String) -> [Range<Int>]? {
        if text.lowercased() == "closed" { return [] }
        var result: [Range<Int>] = []
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { minute(String($0)) }
            guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { return nil }
            result.append(start..<end)
        }
        return result.isEmpty ? nil : result
    }

    /// What to write instead of a span that ends on the next day; nil where no span of the text does.
    static func overMidnight(_ text: String) -> String? {
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { minute(String($0)) }
            guard ends.count == 2, let start = ends[0], let end = ends[1], start >= end else { continue }
            let evening = self.text(start..<1440)
            let span = part.filter { $0 != " " }
            guard end > 0, start < 1440 else {
                return "“\(span)” has no time in it; a day ends at 24:00, so write \(evening)"
            }
            return
                "“\(span)” runs over midnight; split it there: \(evening) on this day, and \(self.text(0..<end)) on the next"
        }
        return nil
    }

    private static func minute(_ text: String) -> Int? {
        let parts = text.filter { $0 != " " }.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0...24).contains(hour), (0...59).contains(minute), hour < 24 || minute == 0
        else { return nil }
        return hour * 60 + minute
    }

    /// The windows as files write them: day groups with equal hours, `mon-fri 09:00-20:00`.
    public var entries: [(days: String, hours: String)] {
        var result: [(days: String, hours: String)] = []
        var index = 0
        while index < 7 {
            let start = Weekday.allCases[index]
            guard let hours = spans[start] else {
                index += 1
                continue
            }
            var end = index
            while end + 1 < 7, spans[Weekday.allCases[end + 1]] == hours { end += 1 }
            let last = Weekday.allCases[end]
            let days = start == last ? start.shortName : "\(start.shortName)-\(last.shortName)"
            result.append((days, hours.map(Self.text).joined(separator: ",")))
            index = end + 1
        }
        return result
    }

    /// `09:00-20:00` for a span of minutes.
    public static func text(_ span: Range<Int>) -> String {
        "\(clock(span.lowerBound))-\(clock(span.upperBound))"
    }

    /// `09:05` for a minute of the day.
    public static func clock(_ minute: Int) -> String {
        let hours = minute / 60
        let minutes = minute % 60
        return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }
}
