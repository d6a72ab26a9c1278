/// The rule of a zone for all later years, as the footer of its file has it: a TZ string of POSIX, with the hours from -167 to 167
/// that version 3 of the format allows (RFC 9636, section 3.3).
struct ZoneRule: Sendable, Hashable {
    /// Local time outside of daylight time.
    let standard: ZoneFile.LocalType
    /// Daylight time and when it begins and ends; nil where the clocks never change.
    let daylight: Daylight?

    struct Daylight: Sendable, Hashable {
        let type: ZoneFile.LocalType
        /// On the clock of standard time.
        let start: DayRule
        /// On the clock of daylight time.
        let end: DayRule
    }

    /// A day of each year, and a time on it.
    struct DayRule: Sendable, Hashable {
        enum Day: Sendable, Hashable {
            /// `J60`: 1 to 365, 29 February never counted.
            case julian(Int)
            /// `59`: 0 to 365, 29 February counted.
            case zeroBased(Int)
            /// `M3.2.0`: a month, a week of it (5 is the last), a weekday from Sunday 0 on.
            case weekday(month: Int, week: Int, day: Int)
        }
        let day: Day
        /// Seconds after midnight, which may lie on another day.
        let seconds: Int

        /// Seconds since 1970 on a wall clock.
        func wall(year: Int) -> Int64 { dayNumber(year) * 86_400 + Int64(seconds) }

        private func dayNumber(_ year: Int) -> Int64 {
            let newYear = Gregorian.days(year, 1, 1)
            switch day {
            case .julian(let number):
                return newYear + Int64(number - 1) + (Gregorian.isLeap(year) && number >= 60 ? 1 : 0)
            case .zeroBased(let number): return newYear + Int64(number)
            case .weekday(let month, let week, let weekday):
                let first = Gregorian.days(year, month, 1)
                let next = month == 12 ? Gregorian.days(year + 1, 1, 1) : Gregorian.days(year, month + 1, 1)
                var day = first + Int64((weekday - Gregorian.weekday(first) + 7) % 7) + Int64(week - 1) * 7
                while day >= next { day -= 7 }
                return day
            }
        }
    }

    /// The changes of some years in order, each with the local time from then on. Where daylight time ends in the instant in
    /// which it begins again, as in a zone that keeps it all year, it goes on.
    func changes(years: ClosedRange<Int>) -> [(at: Int64, type: ZoneFile.LocalType)] {
        guard let daylight else { return [] }
        var all: [(at: Int64, type: ZoneFile.LocalType, year: Int)] = []
        // Years next to each other can meet in one instant, so a year more is looked at on each side.
        for year in (years.lowerBound - 1)...(years.upperBound + 1) {
            all.append((daylight.start.wall(year: year) - Int64(standard.offset), daylight.type, year))
            all.append((daylight.end.wall(year: year) - Int64(daylight.type.offset), standard, year))
        }
        all.sort { ($0.at, $0.type.isDaylight ? 1 : 0) < ($1.at, $1.type.isDaylight ? 1 : 0) }
        return all.indices.filter { $0 + 1 == all.endIndex || all[$0 + 1].at != all[$0].at }.map { all[$0] }
            .filter { years.contains($0.year) }.map { ($0.at, $0.type) }
    }

    /// Local time at an instant, in seconds since 1970.
    func type(at second: Int64) -> ZoneFile.LocalType {
        let year = Gregorian.year(ofDay: second.quotient(flooredBy: 86_400))
        return changes(years: (year - 2)...(year + 1)).last { $0.at <= second }?.type ?? standard
    }

    /// Reads `EST5EDT,M3.2.0,M11.1.0`, `<-02>2<-01>,M3.5.0/-1,M10.5.0/0`, `<+0330>-3:30`; nil where a text is none.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard let name = Self.name(&rest), let west = Self.clock(&rest, most: 24) else { return nil }
        standard = ZoneFile.LocalType(offset: -west, isDaylight: false, abbreviation: name)
        guard !rest.isEmpty else {
            daylight = nil
            return
        }
        guard let other = Self.name(&rest) else { return nil }
        var offset = standard.offset + 3600
        if rest.first != UInt8(ascii: ",") {
            guard let west = Self.clock(&rest, most: 24) else { return nil }
            offset = -west
        }
        guard let start = Self.dayRule(&rest), let end = Self.dayRule(&rest), rest.isEmpty else { return nil }
        daylight = Daylight(
            type: ZoneFile.LocalType(offset: offset, isDaylight: true, abbreviation: other), start: start, end: end)
    }

    private static func name(_ rest: inout ArraySlice<UInt8>) -> String? {
        let name: ArraySlice<UInt8>
        if rest.first == UInt8(ascii: "<") {
            guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
            name = rest[(rest.startIndex + 1)..<close]
            rest = rest[(close + 1)...]
        } else {
            name = rest.prefix { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
            rest = rest.dropFirst(name.count)
        }
        return name.count >= 3 ? String(decoding: name, as: UTF8.self) : nil
    }

    private static func number(_ rest: inout ArraySlice<UInt8>, _ range: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(digits.count)
        guard digits.count <= 3, let value = Int(String(decoding: digits, as: UTF8.self)), range.contains(value) else {
            return nil
        }
        return value
    }

    private static func take(_ character: Character, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == character.asciiValue else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// `5`, `-3:30`, `+1:00:00` in seconds.
    private static func clock(_ rest: inout ArraySlice<UInt8>, most: Int) -> Int? {
        let isNegative = take("-", &rest)
        if !isNegative { _ = take("+", &rest) }
        guard let hours = number(&rest, 0...most) else { return nil }
        var seconds = hours * 3600
        if take(":", &rest) {
            guard let minutes = number(&rest, 0...59) else { return nil }
            seconds += minutes * 60
            if take(":", &rest) {
                guard let more = number(&rest, 0...59) else { return nil }
                seconds += more
            }
        }
        return isNegative ? -seconds : seconds
    }

    /// `,M3.2.0/2`, with its comma; 02:00 where no time is given.
    private static func dayRule(_ rest: inout ArraySlice<UInt8>) -> DayRule? {
        guard take(",", &rest) else { return nil }
        let day: DayRule.Day
        if take("M", &rest) {
            guard let month = number(&rest, 1...12), take(".", &rest), let week = number(&rest, 1...5),
                take(".", &rest), let weekday = number(&rest, 0...6)
            else { return nil }
            day = .weekday(month: month, week: week, day: weekday)
        } else if take("J", &rest) {
            guard let number = number(&rest, 1...365) else { return nil }
            day = .julian(number)
        } else {
            guard let number = number(&rest, 0...365) else { return nil }
            day = .zeroBased(number)
        }
        guard take("/", &rest) else { return DayRule(day: day, seconds: 7200) }
        return clock(&rest, most: 167).map { DayRule(day: day, seconds: $0) }
    }
}
