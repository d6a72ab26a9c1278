import CallingRules
import Campaigns
import Foundation
import PhoneNumbers
import Testing

/// Cases at the edges, one row each: a place, its rules, an instant, and whether a call may start.
@Suite("Edges of the calling hours") struct EdgeTableTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var what: String
        var number: String
        var region: String
        var packs: [String]
        var windows: String?
        var open: [String]
        var closed: [String]

        var testDescription: String { what }
    }

    static let atlas: NumberAtlas? = try? NumberAtlas(
        directory: RulePackTests.folder.deletingLastPathComponent().appendingPathComponent("number-data"))

    /// The margin of every row: a ring timeout of 25 s.
    static let margin: Duration = .seconds(25)

    static let cases: [Case] = [
        Case(
            what: "the last second of the day's hours leaves no time to ring", number: "+12125550123", region: "US",
            packs: ["us"], open: ["2026-03-10T12:00:00Z", "2026-03-11T00:59:34.999Z"],
            closed: [
                "2026-03-10T11:59:59.999Z", "2026-03-11T00:59:35Z", "2026-03-11T00:59:59Z", "2026-03-11T01:00:00Z",
            ]),
        Case(
            what: "Arizona without summer time", number: "+15205550123", region: "US", packs: ["us"],
            open: ["2026-07-07T15:00:00Z", "2026-07-08T03:59:00Z", "2026-01-07T15:00:00Z"],
            closed: ["2026-07-07T14:59:59Z", "2026-07-08T04:00:00Z", "2026-01-07T14:59:59Z"]),
        Case(
            what: "area code 928 may be the Navajo Nation, which has summer time: both clocks must be open",
            number: "+19285550123", region: "US", packs: ["us"],
            open: ["2026-07-07T15:00:00Z", "2026-07-08T02:59:00Z"],
            closed: ["2026-07-07T14:30:00Z", "2026-07-08T03:10:00Z", "2026-07-08T03:59:00Z"]),
        Case(
            what: "Indiana's counties on Eastern and Central time: 812 waits for both",
            number: "+18125550123", region: "US", packs: ["us"],
            open: ["2026-01-06T14:00:00Z", "2026-01-07T01:59:00Z"],
            closed: ["2026-01-06T13:30:00Z", "2026-01-07T02:00:00Z", "2026-01-07T02:30:00Z"]),
        Case(
            what: "Indianapolis alone is Eastern", number: "+13175550123", region: "US", packs: ["us"],
            open: ["2026-01-06T13:00:00Z", "2026-01-07T01:59:00Z"],
            closed: ["2026-01-06T12:59:59Z", "2026-01-07T02:00:00Z"]),
        Case(
            what: "Newfoundland's half hour, and Labrador's hour: both", number: "+17095550123", region: "CA",
            packs: ["ca"], open: ["2026-07-07T12:00:00Z", "2026-07-07T23:59:00Z"],
            closed: ["2026-07-07T11:45:00Z", "2026-07-08T00:05:00Z"]),
        Case(
            what: "a number of area code 850 is valid in two zones", number: "+18505550123", region: "US",
            packs: ["us"], open: ["2026-03-10T13:00:00Z"], closed: ["2026-03-10T12:30:00Z", "2026-03-11T00:30:00Z"]),
        Case(
            what: "the hour that does not exist: windows inside it open at the change, 03:00, and close at once",
            number: "+12125550123", region: "US", packs: ["none"], windows: "02:00-03:30",
            open: ["2026-03-08T07:00:00Z", "2026-03-08T07:29:00Z"],
            closed: ["2026-03-08T06:59:59Z", "2026-03-08T07:30:00Z", "2026-03-08T05:00:00Z"]),
        Case(
            what: "a window wholly inside the hour that does not exist never opens that day", number: "+12125550123",
            region: "US", packs: ["none"], windows: "02:10-02:50",
            open: ["2026-03-07T07:10:00Z", "2026-03-09T06:10:00Z"],
            closed: ["2026-03-08T06:30:00Z", "2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z"]),
        Case(
            what: "the hour that comes twice is open twice", number: "+12125550123", region: "US", packs: ["none"],
            windows: "01:30-02:00", open: ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"],
            closed: ["2026-11-01T05:29:59Z", "2026-11-01T06:00:00Z", "2026-11-01T06:29:59Z", "2026-11-01T07:00:00Z"]),
        Case(
            what: "the ring may not reach past the change of the clock into a closed hour", number: "+12125550123",
            region: "US", packs: ["none"], windows: "00:00-02:00", open: ["2026-03-08T06:59:34Z"],
            closed: ["2026-03-08T06:59:36Z"]),
        Case(
            what: "29 February is a day like any other", number: "+12125550123", region: "US", packs: ["us"],
            open: ["2028-02-29T13:00:00Z"], closed: ["2028-02-29T12:59:59Z", "2028-03-01T02:00:00Z"]),
        Case(
            what: "Easter Monday in France, and the day after", number: "+33142685300", region: "FR", packs: ["fr"],
            open: ["2026-04-07T08:00:00Z"], closed: ["2026-04-06T08:00:00Z", "2026-04-05T08:00:00Z"]),
        Case(
            what: "France at noon, and Ascension Day", number: "+33142685300", region: "FR", packs: ["fr"],
            open: ["2026-05-13T10:59:30Z", "2026-05-13T12:00:00Z"],
            closed: ["2026-05-13T10:59:40Z", "2026-05-13T11:30:00Z", "2026-05-14T12:00:00Z"]),
        Case(
            what: "Good Friday in Australia, on Sydney's clock and those across the state's border",
            number: "+61291234567", region: "AU", packs: ["au"], open: ["2026-04-02T02:00:00Z"],
            closed: ["2026-04-03T02:00:00Z", "2026-04-06T02:00:00Z", "2026-04-04T23:30:00Z"]),
        Case(
            what: "Boxing Day on a Sunday keeps Tuesday free as well", number: "+61291234567", region: "AU",
            packs: ["au"], open: ["2027-12-29T02:00:00Z"], closed: ["2027-12-27T02:00:00Z", "2027-12-28T02:00:00Z"]),
        Case(
            what: "Sunday in Alabama", number: "+12055550123", region: "US", packs: ["us"],
            open: ["2026-03-16T13:00:00Z", "2026-03-14T18:00:00Z"], closed: ["2026-03-15T18:00:00Z"]),
        Case(
            what: "Thanksgiving in Rhode Island, and the Friday after", number: "+14015550123", region: "US",
            packs: ["us"], open: ["2026-11-27T15:00:00Z"], closed: ["2026-11-26T15:00:00Z", "2026-11-29T15:00:00Z"]),
        Case(
            what: "Germany sets no hours", number: "+493012345678", region: "DE", packs: ["de"],
            open: ["2026-03-10T02:00:00Z"], closed: []),
        Case(
            what: "an American number under the Canadian pack is under no rule at all", number: "+12125550123",
            region: "US", packs: ["ca"], open: [], closed: ["2026-03-10T16:00:00Z"]),
        Case(
            what: "a toll-free number has no state, so the American pack cannot tell", number: "+18005550123",
            region: "US", packs: ["us"], open: [], closed: ["2026-03-10T16:00:00Z"]),
    ]

    private func hours(_ edge: Case) throws -> CallingHours {
        let number = try #require(PhoneNumber(e164: edge.number))
        let place = try #require(Self.atlas).location(of: number, region: edge.region)
        var rules = CallingRulesSettings(pack: "x")
        rules.windows = try edge.windows.map { text in
            let spans = try #require(WeeklyWindows.spans(text))
            return WeeklyWindows(Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, spans) }))
        }
        let packs = try edge.packs.map { $0 == "none" ? RulePack.none : try RulePackTests.shipped($0) }
        return CallingHours(
            area: Area(zones: place.zones, region: place.region, jurisdiction: place.jurisdiction), rules: rules,
            holidays: .none, book: RuleBook(packs), clocks: ZoneClocks())
    }

    @Test("each edge is open and closed as the table says", arguments: cases)
    func edge(_ edge: Case) throws {
        let hours = try hours(edge)
        for text in edge.open {
            let instant = try #require(Instant(iso8601: text))
            #expect(hours.verdict(at: instant, margin: Self.margin).isAllowed, "\(text) should be open")
        }
        for text in edge.closed {
            let instant = try #require(Instant(iso8601: text))
            #expect(!hours.verdict(at: instant, margin: Self.margin).isAllowed, "\(text) should be closed")
        }
    }

    @Test("the next opening is found again inside the second time of the hour that comes twice")
    func secondTime() throws {
        let twice = try #require(Self.cases.first { $0.windows == "01:30-02:00" })
        let between = try #require(Instant(iso8601: "2026-11-01T06:10:00Z"))
        #expect(
            try hours(twice).nextOpening(from: between, margin: Self.margin) == Instant(iso8601: "2026-11-01T06:30:00Z")
        )
    }

    @Test("a gap of one minute between two windows is not rung across")
    func shortGap() throws {
        let clock = try #require(ZoneClock("America/New_York"))
        let spans = try #require(WeeklyWindows.spans("09:00-12:00,12:01-18:00"))
        let window = WindowInZone(
            windows: WeeklyWindows([.tuesday: spans]), clock: clock, source: "t")
        let instant = try #require(Instant(iso8601: "2026-03-10T15:59:30Z"))
        #expect(!window.isOpen(at: instant, margin: .seconds(120)))
        #expect(window.isOpen(at: instant, margin: .seconds(25)))
    }

    @Test("the table of offsets agrees with the machine's own, in every zone of the world, at random instants")
    func offsets() throws {
        var generator = SystemRandomNumberGenerator()
        for name in TimeZone.knownTimeZoneIdentifiers {
            let clock = try #require(ZoneClock(name))
            let zone = try #require(TimeZone(identifier: name))
            for _ in 0..<20 {
                let instant = Instant(
                    milliseconds: Int64.random(in: 900_000_000_000..<2_600_000_000_000, using: &generator))
                #expect(clock.utcOffset(at: instant) == zone.secondsFromGMT(for: instant.date), "\(name) at \(instant)")
            }
        }
    }
}
