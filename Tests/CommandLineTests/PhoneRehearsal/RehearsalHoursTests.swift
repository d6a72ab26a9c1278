import CallingRules
import Campaigns
import Eligibility
import Testing

@testable import offhook

@Suite("When a rehearsal ends by itself") struct RehearsalHoursTests {
    private let newYork = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
    private let losAngeles = Area(zones: ["America/Los_Angeles"], region: "US", jurisdiction: "US-CA")

    private func hours(from text: String, _ areas: [Area], _ rule: String) throws -> RehearsalHours {
        let pack = try RulePackFile.read(
            """
            pack: us
            version: "2026-03-01"
            region: US
            rules:
              - { places: [US], source: "a test", \(rule) }
            """, file: "us.yaml")
        let campaign = try CampaignFile.read("campaign: a\nregion: US\ndial: { ring_timeout: 30s }\n", file: "c.yaml")
        let clock = try #require(ZoneClock("America/New_York"))
        return RehearsalHours(
            from: try #require(Instant(iso8601: text)), on: clock, areas: areas,
            under: EligibilityRules(campaign: campaign, pack: pack))
    }

    @Test("with the last call of that day, a ring timeout before the westernmost hours close")
    func lastClosing() throws {
        let day = try hours(from: "2026-12-23T14:00:00Z", [newYork, losAngeles], "hours: { all: \"08:00-21:00\" }")
        #expect(day.isOpen)
        // 21:00 in Los Angeles.
        #expect(day.end.iso8601 == "2026-12-24T04:59:30.000Z")
        let east = try hours(from: "2026-12-23T14:00:00Z", [newYork], "hours: { all: \"08:00-21:00\" }")
        #expect(east.end.iso8601 == "2026-12-24T01:59:30.000Z")
    }

    @Test("a pause in the middle of the day is no end, and the hours of the next day are not that day's")
    func pause() throws {
        let rule = "hours: { all: \"08:00-12:00,13:00-20:00\" }"
        #expect(try hours(from: "2026-12-23T14:00:00Z", [newYork], rule).end.iso8601 == "2026-12-24T00:59:30.000Z")
        #expect(try hours(from: "2026-12-23T17:30:00Z", [newYork], rule).end.iso8601 == "2026-12-24T00:59:30.000Z")
    }

    @Test(
        "on a holiday, and after the last hour of a day, it ends after five minutes and says that nobody may be called",
        arguments: ["2026-12-25T14:00:00Z", "2026-12-24T02:30:00Z"])
    func closed(start: String) throws {
        let day = try hours(from: start, [newYork], "hours: { all: \"08:00-21:00\" }, holidays: [2026-12-25]")
        #expect(!day.isOpen)
        #expect(day.end == (try #require(Instant(iso8601: start))) + .seconds(300))
    }

    @Test("hours without an end last to midnight, also on the day that has 25 hours")
    func midnight() throws {
        let day = try hours(from: "2026-11-01T04:00:00Z", [newYork], "hours: { all: \"00:00-24:00\" }")
        #expect(day.end.iso8601 == "2026-11-02T05:00:00.000Z")
    }
}
