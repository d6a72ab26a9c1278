import CallingRules
import Campaigns
import Testing

@Suite("Rules with dates") struct DatedRuleTests {
    private let margin: Duration = .seconds(25)

    private func hours(
        _ zones: [String], _ rules: String, in jurisdiction: String = "US-OR"
    ) throws -> CallingHours {
        let pack = try RulePackFile.read(
            "pack: own\nversion: \"2026-12-01\"\nregion: US\nrules:\n\(rules)\n", file: "own.yaml")
        return CallingHours(
            area: Area(zones: zones, region: "US", jurisdiction: jurisdiction),
            rules: CallingRulesSettings(pack: "own"),
            holidays: .none, book: RuleBook([pack]), clocks: ZoneClocks())
    }

    private func at(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    private static let oregon = """
          - { places: [US], hours: { all: "08:00-21:00" }, source: "federal hours" }
          - { places: [US-OR], from: 2026-01-01, hours: { all: "08:00-20:00" }, source: "HB 3865 (2025)" }
        """

    @Test(
        "a rule holds from the first midnight of the place's own clock",
        arguments: [
            // 31 December 2025, 20:30 in Portland, and 1 January at the same hour.
            ("2026-01-01T04:30:00Z", true), ("2026-01-02T04:30:00Z", false), ("2026-01-02T03:30:00Z", true),
        ])
    func begins(text: String, open: Bool) throws {
        let verdict = try hours(["America/Los_Angeles"], Self.oregon).verdict(at: try at(text), margin: margin)
        #expect(verdict.isAllowed == open)
    }

    @Test("where a number may be in two zones, each reads the rule's days on its own clock")
    func twoZones() throws {
        let rules = """
              - { places: [US], from: 2026-01-01, closed: true, source: "closed from New Year on" }
            """
        let both = try hours(["America/Boise", "America/Los_Angeles"], rules, in: "US-ID")
        // Midnight comes to Boise first: 07:00 UTC, an hour before Los Angeles.
        #expect(both.verdict(at: try at("2026-01-01T06:59:30Z"), margin: margin).isAllowed)
        #expect(!both.verdict(at: try at("2026-01-01T07:00:00Z"), margin: margin).isAllowed)
        #expect(
            both.nextEdge(after: try at("2026-01-01T06:00:00Z"), margin: margin) == (try at("2026-01-01T06:59:35Z")))
    }

    @Test("a rule that ends opens the place at the midnight after its last day, over a change of the clock too")
    func ends() throws {
        // Clocks go back on 1 November 2026 at 02:00.
        let rules = """
              - { places: [US], until: 2026-11-01, closed: true, source: "closed through 1 November" }
            """
        let closed = try hours(["America/Los_Angeles"], rules)
        let now = try at("2026-10-31T12:00:00Z")
        #expect(closed.nextOpening(from: now, margin: margin) == (try at("2026-11-02T08:00:00Z")))
        guard case .denied(let until, let reasons) = closed.verdict(at: now, margin: margin) else {
            Issue.record("it must be closed")
            return
        }
        #expect(until == (try at("2026-11-02T08:00:00Z")))
        #expect(reasons.map(\.code) == ["closed"])
        #expect(reasons[0].text.contains("until the end of 2026-11-01"))
    }

    @Test("an opening is looked for through the rule of each day")
    func openings() throws {
        let rules = """
              - { places: [US], hours: { all: "08:00-21:00" }, source: "federal hours" }
              - { places: [US-OR], until: 2026-12-31, hours: { all: "09:00-17:00" }, source: "the old hours" }
              - { places: [US-OR], from: 2027-01-01, hours: { all: "12:00-14:00" }, source: "the new hours" }
            """
        let hours = try hours(["America/Los_Angeles"], rules)
        #expect(
            hours.nextOpening(from: try at("2026-12-31T12:00:00Z"), margin: margin) == (try at("2026-12-31T17:00:00Z")))
        #expect(
            hours.nextOpening(from: try at("2027-01-01T01:00:00Z"), margin: margin) == (try at("2027-01-01T20:00:00Z")))
    }

    @Test("a place that is closed for longer than a year opens after its last day")
    func longClosed() throws {
        let rules = """
              - { places: [US], hours: { all: "08:00-21:00" }, source: "federal hours" }
              - { places: [US-OR], until: 2029-06-30, closed: true, source: "closed for three years" }
            """
        #expect(
            try hours(["America/Los_Angeles"], rules).nextOpening(from: try at("2026-12-01T20:00:00Z"), margin: margin)
                == (try at("2029-07-01T15:00:00Z")))
        let forGood = """
              - { places: [US-OR], closed: true, source: "closed for good" }
            """
        #expect(
            try hours(["America/Los_Angeles"], forGood).nextOpening(
                from: try at("2026-12-01T20:00:00Z"), margin: margin) == nil)
    }

    @Test(
        "between two edges the answer never changes, over the first and the last day of rules and changes of the clock")
    func edges() throws {
        let rules = """
              - { places: [US], hours: { all: "08:00-21:00" }, source: "federal hours" }
              - { places: [US-OR], from: 2026-10-31, until: 2026-11-02, hours: { all: "00:30-02:00" }, source: "three nights" }
              - { places: [US-OR], from: 2026-11-02, until: 2026-11-02, closed: true, source: "one day" }
            """
        let hours = try hours(["America/Boise", "America/Los_Angeles"], rules)
        var instant = try at("2026-10-30T12:00:00Z")
        let end = try at("2026-11-05T00:00:00Z")
        while instant < end, let edge = hours.nextEdge(after: instant, margin: margin) {
            let start = hours.verdict(at: instant, margin: margin).isAllowed
            let middle = Instant(milliseconds: (instant.milliseconds + edge.milliseconds) / 2)
            for probe in [middle, edge - .milliseconds(1)] where probe > instant {
                #expect(hours.verdict(at: probe, margin: margin).isAllowed == start, "\(probe)")
            }
            instant = edge
        }
        #expect(instant >= end)
    }

    @Test("a ring may not reach into the day on which a rule begins to close")
    func ringIntoRule() throws {
        let rules = """
              - { places: [US-OR], from: 2027-01-01, closed: true, source: "closed from New Year on" }
            """
        let hours = try hours(["America/Los_Angeles"], rules)
        #expect(hours.verdict(at: try at("2027-01-01T07:59:30Z"), margin: margin).isAllowed)
        #expect(!hours.verdict(at: try at("2027-01-01T07:59:36Z"), margin: margin).isAllowed)
    }
}

@Suite("Windows of calendar days") struct CalendarDayTests {
    private func at(_ text: String) throws -> Instant { try #require(Instant(iso8601: text)) }

    @Test("a call on the 1st counts in 30 days through the end of the 31st, on the place's clock")
    func cap() throws {
        let cap = CallCap(limit: 1, within: .seconds(30 * 86_400), source: "D. 223-9", inCalendarDays: true)
        let paris = try #require(ZoneClock("Europe/Paris"))
        let call = PastCall(at: try at("2026-10-01T10:00:00Z"))
        // 1 November begins in Paris at 23:00 UTC: clocks went back on 25 October.
        let end = try at("2026-10-31T23:00:00Z")
        #expect(!cap.verdict(at: end - .milliseconds(1), calls: [call], clocks: [paris]).isAllowed)
        #expect(cap.verdict(at: end, calls: [call], clocks: [paris]).isAllowed)
        guard case .denied(let until, _) = cap.verdict(at: call.at, calls: [call], clocks: [paris]) else {
            Issue.record("the cap must deny")
            return
        }
        #expect(until == end)
    }

    @Test("of two clocks the later midnight ends it; without any it ends as late as it could anywhere")
    func clocks() throws {
        let silence = Silence(after: .refusal, lasting: .seconds(60 * 86_400), source: "s", inCalendarDays: true)
        let call = PastCall(at: try at("2026-01-10T18:00:00Z"), refusedAt: try at("2026-01-10T18:00:00Z"))
        let clocks = try ["America/New_York", "America/Los_Angeles"].map { try #require(ZoneClock($0)) }
        // 12 March 2026: summer time, 07:00 UTC is midnight in Los Angeles.
        let end = try at("2026-03-12T07:00:00Z")
        #expect(!silence.verdict(at: end - .milliseconds(1), calls: [call], clocks: clocks).isAllowed)
        #expect(silence.verdict(at: end, calls: [call], clocks: clocks).isAllowed)
        #expect(!silence.verdict(at: end, calls: [call]).isAllowed)
    }
}
