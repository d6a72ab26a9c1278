import CallingRules
import CampaignStore
import Campaigns
import Reports
import Testing

@Suite("Stretches of time as people write them") struct ReportPeriodTests {
    /// Wednesday 2026-11-04, 10:20 in New York.
    private static let now = Instant(milliseconds: 1_793_805_600_000)

    private func read(
        _ since: String?, _ until: String? = nil, zone: String = "America/New_York", now: Instant = now
    ) throws -> [String] {
        let clock = try #require(ZoneClock(zone))
        let period = try ReportPeriod.read(since: since, until: until, clock: clock, now: now)
        return [period.from, period.to].map { String($0.iso8601.prefix(16)) }
    }

    @Test(
        "a word is its whole stretch of local days, the week from Monday",
        arguments: [
            ("today", "2026-11-04T05:00", "2026-11-05T05:00"), ("yesterday", "2026-11-03T05:00", "2026-11-04T05:00"),
            ("this-week", "2026-11-02T05:00", "2026-11-09T05:00"),
            ("last-week", "2026-10-26T04:00", "2026-11-02T05:00"),
            ("this-month", "2026-11-01T04:00", "2026-12-01T05:00"),
            ("last-month", "2026-10-01T04:00", "2026-11-01T04:00"),
            ("7d", "2026-10-29T04:00", "2026-11-05T05:00"), ("1d", "2026-11-04T05:00", "2026-11-05T05:00"),
            ("2026-10-31", "2026-10-31T04:00", "2026-11-05T05:00"),
            ("2026-11-02T14:15", "2026-11-02T19:15", "2026-11-05T05:00"),
            ("2026-11-02T14:15Z", "2026-11-02T14:15", "2026-11-05T05:00"),
        ])
    func words(since: String, from: String, to: String) throws {
        #expect(try read(since) == [from, to])
    }

    @Test("without a word, and by all, everything is meant, callbacks to come included")
    func everything() throws {
        let all = ["1970-01-01T00:00", "2100-01-01T00:00"]
        #expect(try read(nil) == all)
        #expect(try read("all") == all)
        #expect(try read("all", "2026-11-01") == ["1970-01-01T00:00", "2026-11-02T05:00"])
    }

    @Test("until a date or a word is through its end, until a time is up to it")
    func until() throws {
        #expect(try read("2026-10-30", "2026-10-30") == ["2026-10-30T04:00", "2026-10-31T04:00"])
        #expect(try read("last-week", "yesterday") == ["2026-10-26T04:00", "2026-11-04T05:00"])
        #expect(try read("2026-11-03", "2026-11-03T12:30") == ["2026-11-03T05:00", "2026-11-03T17:30"])
        #expect(try read(nil, "2026-11-03") == ["1970-01-01T00:00", "2026-11-04T05:00"])
    }

    @Test(
        "a day of a clock change has 25 or 23 hours, and in zones that change at midnight it begins after the gap",
        arguments: [
            ("2026-11-01", "America/New_York", "2026-11-01T04:00", "2026-11-02T05:00"),
            ("2026-03-08", "America/New_York", "2026-03-08T05:00", "2026-03-09T04:00"),
            ("2026-10-04", "Australia/Lord_Howe", "2026-10-03T13:30", "2026-10-04T13:00"),
            // Cairo's clocks go from 00:00 to 01:00.
            ("2026-04-24", "Africa/Cairo", "2026-04-23T22:00", "2026-04-24T21:00"),
        ])
    func clockChange(date: String, zone: String, from: String, to: String) throws {
        #expect(try read(date, date, zone: zone) == [from, to])
    }

    @Test(
        "of an hour that comes twice, since takes the first and until the last, and one that is left out is the change")
    func twice() throws {
        #expect(try read("2026-11-01T01:30", "2026-11-01T01:45") == ["2026-11-01T05:30", "2026-11-01T06:45"])
        #expect(try read("2026-03-08T02:30", "2026-03-08T12:00") == ["2026-03-08T07:00", "2026-03-08T16:00"])
    }

    @Test("today is that of the clock that is asked, not of the machine")
    func zones() throws {
        let late = try #require(Instant(iso8601: "2026-11-04T02:00:00Z"))
        #expect(try read("today", now: late) == ["2026-11-03T05:00", "2026-11-04T05:00"])
        #expect(try read("today", zone: "Asia/Tokyo", now: late) == ["2026-11-03T15:00", "2026-11-04T15:00"])
    }

    @Test("last month of January is December")
    func newYear() throws {
        let january = try #require(Instant(iso8601: "2027-01-31T12:00:00Z"))
        #expect(try read("last-month", now: january) == ["2026-12-01T05:00", "2027-01-01T05:00"])
        #expect(try read("this-month", now: january) == ["2027-01-01T05:00", "2027-02-01T05:00"])
    }

    @Test(
        "what is no time is said with what to write, by the name of its field",
        arguments: [
            ("yesteday", nil, "since", "did you mean “yesterday”"), ("noon", nil, "since", "2026-11-01T14:15"),
            ("2026-02-30", nil, "since", "no time"), ("0d", nil, "since", "no time"),
            ("2026-11-01T14:20", nil, "since", "full quarter hour"),
            ("2026-11-01T14:15:30Z", nil, "since", "full quarter hour"),
            ("today", "7d", "until", "counts back"), ("2026-12-24", nil, "since", "still to come"),
            ("today", "yesterday", "until", "ends before"), (nil, "2026-13-01", "until", "no time"),
        ] as [(String?, String?, String, String)])
    func mistakes(since: String?, until: String?, field: String, hint: String) throws {
        let mistake = try #require(throws: ReportMistake.self) { try read(since, until) }
        #expect(mistake.field == field)
        #expect(mistake.description.contains(hint), "\(mistake)")
    }

    @Test("the stretch before has the same local days across a clock change, and touches it")
    func before() throws {
        let clock = try #require(ZoneClock("America/New_York"))
        for (word, from) in [("this-week", "2026-10-26T04:00"), ("today", "2026-11-03T05:00")] {
            let period = try ReportPeriod.read(since: word, until: nil, clock: clock, now: Self.now)
            let question = ReportQuestion(
                .outcomes, scope: ReportScope(from: period.from, to: period.to), clock: clock, now: Self.now)
            #expect(question.before.from.iso8601.hasPrefix(from))
            #expect(question.before.to == period.from)
        }
    }
}
