extension CivilDate {
    /// Reads `2026-12-24`; nil where it is no day of the calendar.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), year > 0, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        self.init(year: year, month: month, day: day)
        guard CivilDate(daysSince1970: daysSince1970) == self else { return nil }
    }

    /// `2026-12-24`.
    public var text: String {
        let padded = { (value: Int, width: Int) in
            String(repeating: "0", count: max(0, width - String(value).count)) + String(value)
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension HolidayRule {
    /// Reads a day as files write it; nil where it is none.
    public init?(_ text: String, name: String? = nil) {
        var parts = text.lowercased().split(separator: " ").map(String.init)[...]
        guard let first = parts.popFirst(), let day = Self.day(first) else { return nil }
        var years: Years?
        if parts.count >= 3, parts.first == "in" {
            guard let known = Years(rawValue: parts[parts.startIndex + 1]), parts[parts.startIndex + 2] == "years"
            else { return nil }
            years = known
            parts = parts.dropFirst(3)
        }
        var substitute: Substitute?
        if !parts.isEmpty {
            guard parts.count == 2, parts.first == "or", let known = parts.last.flatMap(Substitute.init(rawValue:))
            else { return nil }
            substitute = known
        }
        self.init(day: day, substitute: substitute, years: years, name: name ?? text)
    }

    private static func day(_ text: String) -> Day? {
        if text == "easter" { return .easter(0) }
        if text.hasPrefix("easter") { return Int(text.dropFirst(6)).flatMap { abs($0) <= 100 ? .easter($0) : nil } }
        if let date = CivilDate(text) { return .date(date) }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard let month = parts.first.flatMap({ Int($0) }), (1...12).contains(month), parts[0].count == 2 else {
            return nil
        }
        if parts.count == 2, parts[1].count == 2, let day = Int(parts[1]),
            // 2024 is a leap year: 29 February can be written, and falls away in the others.
            CivilDate("2024-\(parts[0])-\(parts[1])") != nil
        {
            return .yearly(month: month, day: day)
        }
        guard parts.count >= 3, let weekday = Weekday.allCases.first(where: { $0.shortName == parts[1] }) else {
            return nil
        }
        if parts.count == 4, parts[2] == "before", parts[3].count == 2, let day = Int(parts[3]),
            CivilDate("2024-\(parts[0])-\(parts[3])") != nil
        {
            return .before(month: month, day: day, weekday)
        }
        guard parts.count == 3 else { return nil }
        let sum = parts[2].split(separator: "+", omittingEmptySubsequences: false)
        guard let nth = sum[0] == "last" ? -1 : Int(sum[0]).flatMap({ (1...5).contains($0) ? $0 : nil }) else {
            return nil
        }
        if sum.count == 1 { return .weekday(month: month, weekday, nth: nth) }
        guard sum.count == 2, let days = Int(sum[1]), (1...31).contains(days) else { return nil }
        return .following(month: month, weekday, nth: nth, days: days)
    }

    /// The day as files write it; it reads back as the same rule.
    public var text: String {
        let padded = { (value: Int) in (value < 10 ? "0" : "") + String(value) }
        let text =
            switch day {
            case .date(let date): date.text
            case .yearly(let month, let day): "\(padded(month))-\(padded(day))"
            case .easter(let offset): offset == 0 ? "easter" : "easter\(offset > 0 ? "+" : "")\(offset)"
            case .weekday(let month, let weekday, let nth):
                "\(padded(month))-\(weekday.shortName)-\(nth < 0 ? "last" : String(nth))"
            case .following(let month, let weekday, let nth, let days):
                "\(padded(month))-\(weekday.shortName)-\(nth < 0 ? "last" : String(nth))+\(days)"
            case .before(let month, let day, let weekday):
                "\(padded(month))-\(weekday.shortName)-before-\(padded(day))"
            }
        return text + (years.map { " in \($0.rawValue) years" } ?? "") + (substitute.map { " or \($0.rawValue)" } ?? "")
    }
}
