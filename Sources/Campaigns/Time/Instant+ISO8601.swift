extension Instant {
    /// ISO 8601 in UTC with milliseconds, `2026-03-08T06:59:59.000Z`.
    public var iso8601: String {
        let days = milliseconds.flooredQuotient(by: 86_400_000)
        let rest = milliseconds - days * 86_400_000
        let date = CivilDate(daysSince1970: days)
        let second = rest / 1000
        return "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))"
            + "T\(Self.padded(Int(second / 3600), 2)):\(Self.padded(Int(second / 60 % 60), 2)):"
            + "\(Self.padded(Int(second % 60), 2)).\(Self.padded(Int(rest % 1000), 3))Z"
    }

    /// Reads `2026-03-08T06:59:59Z`, with optional seconds and fraction, and `Z` or an offset such as `-05:00`.
    ///
    /// A text without `Z` or offset is refused (nil): a wall-clock time without a zone is not an instant.
    public init?(iso8601 text: String) {
        let match = #/(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:?\d{2})/#
        guard let parts = try? match.wholeMatch(in: text)?.output,
            let year = Int(parts.1), let month = Int(parts.2), let day = Int(parts.3),
            let hour = Int(parts.4), let minute = Int(parts.5), (1...12).contains(month), (1...31).contains(day),
            hour < 24, minute < 60
        else { return nil }
        let second = parts.6.flatMap { Int($0) } ?? 0
        let fraction = parts.7.map { Int($0.padding(toLength: 3)) ?? 0 } ?? 0
        var offset = 0
        if parts.8 != "Z" {
            let digits = parts.8.filter(\.isNumber)
            offset = ((Int(digits.prefix(2)) ?? 0) * 60 + (Int(digits.suffix(2)) ?? 0)) * 60
            if parts.8.hasPrefix("-") { offset = -offset }
        }
        let date = CivilDate(year: year, month: month, day: day)
        guard CivilDate(daysSince1970: date.daysSince1970) == date, second < 60 else { return nil }
        let clock = Int64(hour * 3600 + minute * 60 + second - offset)
        milliseconds = (date.daysSince1970 * 86_400 + clock) * 1000 + Int64(fraction)
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension Substring {
    /// The text with zeros appended up to `length`: "5" read as a fraction of a second is 500 ms.
    fileprivate func padding(toLength length: Int) -> String {
        self + String(repeating: "0", count: Swift.max(0, length - count))
    }
}
