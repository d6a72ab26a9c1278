/// A day on which nobody is called, fixed or moving, as files write it.
///
/// `2026-12-24` is one day; `12-25` a day of every year; `easter+1` counts from Easter Sunday (western); `09-mon-1` is the first
/// Monday of September and `05-mon-last` the last one of May; `11-thu-4+1` is the day after the fourth Thursday, `05-mon-before-25` the
/// last Monday before 25 May and `11-tue-after-01` the first Tuesday after 1 November. `even` keeps it in even years alone (an election
/// day is `11-tue-after-01 even`), `odd` in odd ones. What follows `or` is kept free as well where the day falls on a
/// weekend: `or monday` the next Monday, `or +2` two days on, `or nearest` the Friday before or the Monday after.
public struct HolidayRule: Sendable, Hashable {
    /// How the day is found.
    public enum Day: Sendable, Hashable {
        case date(CivilDate)
        case yearly(month: Int, day: Int)
        /// Days after Easter Sunday; before it where negative.
        case easter(Int)
        /// The nth weekday of a month, 1 to 5; -1 is the last one.
        case weekday(month: Int, Weekday, nth: Int)
        /// So many days, 1 to 31, after the nth weekday of a month.
        case following(month: Int, Weekday, nth: Int, days: Int)
        /// The last such weekday before a day of every year.
        case before(month: Int, day: Int, Weekday)
    }

    /// What else is kept free where the day falls on a Saturday or Sunday.
    public enum Substitute: String, Sendable, CaseIterable, Hashable {
        case monday
        case twoDaysOn = "+2"
        case nearest
    }

    /// Every other year.
    public enum Years: String, Sendable, CaseIterable, Hashable {
        case even
        case odd
    }

    public var day: Day
    public var substitute: Substitute?
    /// The years that keep it; nil for all.
    public var years: Years?
    /// What people call it; the text of the rule where a file gives no name.
    public var name: String

    /// A holiday from its parts.
    public init(day: Day, substitute: Substitute? = nil, years: Years? = nil, name: String) {
        self.day = day
        self.substitute = substitute
        self.years = years
        self.name = name
    }

    /// The days of a year, 1 or later: none where the year lacks it (29 February), two with a substitute.
    public func days(in year: Int) -> [CivilDate] {
        if let years, (year % 2 == 0) != (years == .even) { return [] }
        guard let first = first(in: year) else { return [] }
        let number = first.daysSince1970
        let weekday = Weekday(daysSince1970: number)
        guard weekday >= .saturday, let substitute else { return [first] }
        let shift: Int64
        switch substitute {
        case .monday: shift = weekday == .saturday ? 2 : 1
        case .twoDaysOn: shift = 2
        case .nearest: shift = weekday == .saturday ? -1 : 1
        }
        return [first, CivilDate(daysSince1970: number + shift)]
    }

    private func first(in year: Int) -> CivilDate? {
        switch day {
        case .date(let date): return date.year == year ? date : nil
        case .yearly(let month, let day):
            let date = CivilDate(year: year, month: month, day: day)
            return CivilDate(daysSince1970: date.daysSince1970) == date ? date : nil
        case .easter(let offset):
            return CivilDate(daysSince1970: Easter.sunday(of: year).daysSince1970 + Int64(offset))
        case .following(let month, let weekday, let nth, let days):
            return Self.nth(nth, weekday, of: month, year).map {
                CivilDate(daysSince1970: $0.daysSince1970 + Int64(days))
            }
        case .before(let month, let day, let weekday):
            let end = CivilDate(year: year, month: month, day: day).daysSince1970
            return (end - 7..<end).first { Weekday(daysSince1970: $0) == weekday }.map(CivilDate.init(daysSince1970:))
        case .weekday(let month, let weekday, let nth): return Self.nth(nth, weekday, of: month, year)
        }
    }

    private static func nth(_ nth: Int, _ weekday: Weekday, of month: Int, _ year: Int) -> CivilDate? {
        let start = CivilDate(year: year, month: month, day: 1).daysSince1970
        let skip = (weekday.rawValue - Weekday(daysSince1970: start).rawValue + 7) % 7
        let all = (0..<5).map { CivilDate(daysSince1970: start + Int64(skip + 7 * $0)) }.filter { $0.month == month }
        return nth < 0 ? all.last : nth <= all.count ? all[nth - 1] : nil
    }
}

/// The date of Easter in the Gregorian calendar.
public enum Easter {
    /// Easter Sunday of a year from 1583 on, by the computus of Gauss in Butcher's form.
    public static func sunday(of year: Int) -> CivilDate {
        let golden = year % 19
        let (century, yearOfCentury) = (year / 100, year % 100)
        let correction = (century + 8) / 25
        let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30
        let toSunday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
        let late = (golden + 11 * epact + 22 * toSunday) / 451
        let dayOfMarch = epact + toSunday - 7 * late + 114
        return CivilDate(year: year, month: dayOfMarch / 31, day: dayOfMarch % 31 + 1)
    }
}
