import Foundation

/// A day that is still to come whenever the tests run: what a test enters before it asks is never "since then".
enum ComingDay {
    /// Which of the two.
    enum Day: Double {
        case tuesday = 0
        case wednesday = 1
    }

    /// A moment, as the command line takes it, of the first full week of December or of the second of January, whichever comes
    /// first: no country sets its clocks and no region of the tests has a holiday then. It is less than a year away, so that a
    /// consent of today still counts.
    ///
    /// - Parameter clock: in UTC, as 09:30.
    static func at(_ clock: String, on day: Day = .tuesday) -> String { "\(date(day))T\(clock):00Z" }

    /// The day alone, as 2027-01-12.
    static func date(_ day: Day = .tuesday) -> String {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        let now = Date()
        let year = calendar.component(.year, from: now)
        let weeks = [(year, 1, 8), (year, 12, 1), (year + 1, 1, 8)].map {
            calendar.date(from: DateComponents(year: $0.0, month: $0.1, day: $0.2))!
        }
        let coming = weeks.map { start in
            // The calendar counts from Sunday, 1.
            start.addingTimeInterval(86_400 * Double((10 - calendar.component(.weekday, from: start)) % 7))
        }
        let tuesday = coming.first { $0 > now }!
        return tuesday.addingTimeInterval(86_400 * day.rawValue).formatted(.iso8601.year().month().day())
    }
}
