import CallingRules
import Campaigns
import Testing

@Suite("Holidays") struct HolidayTests {
    @Test(
        "Easter falls where the almanacs have it, the earliest and the latest included",
        arguments: [
            (1818, "1818-03-22"), (1943, "1943-04-25"), (2000, "2000-04-23"), (2008, "2008-03-23"),
            (2011, "2011-04-24"), (2016, "2016-03-27"), (2019, "2019-04-21"), (2024, "2024-03-31"),
            (2025, "2025-04-20"), (2026, "2026-04-05"), (2027, "2027-03-28"), (2038, "2038-04-25"),
        ])
    func easter(year: Int, day: String) {
        #expect(Easter.sunday(of: year).text == day)
    }

    /// The rule as a file writes it, the year, and its days.
    static let cases: [(String, Int, [String])] = [
        ("12-25", 2026, ["2026-12-25"]),
        ("02-29", 2028, ["2028-02-29"]),
        ("02-29", 2026, []),
        ("2026-12-24", 2026, ["2026-12-24"]),
        ("2026-12-24", 2027, []),
        ("easter-2", 2026, ["2026-04-03"]),
        ("easter+1", 2026, ["2026-04-06"]),
        ("easter+39", 2026, ["2026-05-14"]),
        ("easter+50", 2026, ["2026-05-25"]),
        ("01-mon-3", 2026, ["2026-01-19"]),
        ("09-mon-1", 2026, ["2026-09-07"]),
        ("05-mon-last", 2026, ["2026-05-25"]),
        ("11-thu-4", 2026, ["2026-11-26"]),
        ("02-mon-5", 2026, []),
        ("03-sun-5", 2026, ["2026-03-29"]),
        // Thanksgiving is the last Thursday but one of November 2029, whose 23rd is the Friday after it.
        ("11-thu-4+1", 2029, ["2029-11-23"]),
        ("05-mon-before-25", 2026, ["2026-05-18"]),
        ("05-mon-before-25", 2027, ["2027-05-24"]),
        // Election day: never the first itself, which is a Tuesday in 2022.
        ("11-mon-1+1 in even years", 2022, ["2022-11-08"]),
        ("11-mon-1+1 in even years", 2026, ["2026-11-03"]),
        ("11-mon-1+1 in even years", 2027, []),
        ("11-mon-1+1 in odd years", 2027, ["2027-11-02"]),
        ("10-mon-last+7", 2026, ["2026-11-02"]),
        ("01-01 in odd years or nearest", 2033, ["2033-01-01", "2032-12-31"]),
        // 4 July 2026 is a Saturday, 1 January 2028 too, 26 December 2027 a Sunday.
        ("07-04 or nearest", 2026, ["2026-07-04", "2026-07-03"]),
        ("07-04 or monday", 2026, ["2026-07-04", "2026-07-06"]),
        ("01-01 or nearest", 2028, ["2028-01-01", "2027-12-31"]),
        ("12-25 or +2", 2027, ["2027-12-25", "2027-12-27"]),
        ("12-26 or +2", 2027, ["2027-12-26", "2027-12-28"]),
        ("12-25 or +2", 2026, ["2026-12-25"]),
    ]

    @Test("each form of a holiday gives its days, and reads back as it was written", arguments: cases)
    func forms(text: String, year: Int, days: [String]) throws {
        let rule = try #require(HolidayRule(text))
        #expect(rule.days(in: year).map(\.text) == days)
        #expect(rule.text == text)
    }

    @Test(
        "what is no holiday is not read",
        arguments: [
            "", "12-32", "13-01", "02-30", "easter*1", "09-mon-6", "9-mon-1", "12-25 or tuesday", "12-25 or", "x",
            "11-thu-4+0", "11-thu-4+32", "05-mon-before-32", "05-mon-near-25", "12-25 in even", "12-25 in leap years",
            "in even years", "02-mon-before-30",
        ])
    func refused(text: String) {
        #expect(HolidayRule(text) == nil)
    }

    @Test("a substitute before New Year is kept in the calendar of the year before")
    func acrossYears() throws {
        let calendar = HolidayCalendar([try #require(HolidayRule("01-01 or nearest", name: "New Year"))])
        #expect(calendar.name(ofDay: CivilDate(year: 2027, month: 12, day: 31).daysSince1970) == "New Year")
        #expect(calendar.name(ofDay: CivilDate(year: 2026, month: 12, day: 31).daysSince1970) == nil)
    }

    @Test("a holiday closes the contact's own local day, not the day of UTC")
    func localDay() throws {
        let calendar = HolidayCalendar([try #require(HolidayRule("12-25"))])
        let clock = try #require(ZoneClock("Australia/Sydney"))
        let window = WindowInZone(windows: .always, clock: clock, holidays: calendar, source: "t")
        // Christmas in Sydney is from 24 December 13:00 to 25 December 13:00 UTC.
        #expect(window.isOpen(at: try #require(Instant(iso8601: "2026-12-24T12:59:59Z"))))
        #expect(!window.isOpen(at: try #require(Instant(iso8601: "2026-12-24T13:00:00Z"))))
        #expect(!window.isOpen(at: try #require(Instant(iso8601: "2026-12-25T12:59:59Z"))))
        #expect(window.isOpen(at: try #require(Instant(iso8601: "2026-12-25T13:00:00Z"))))
    }
}
