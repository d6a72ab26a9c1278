import CallingRules
import Campaigns
import Testing

@testable import offhook

@Suite("When a rehearsal begins, and on whose clock") struct RehearsalTimeTests {
    private func clock(_ name: String) throws -> ZoneClock { try #require(ZoneClock(name)) }

    private func read(_ text: String, on zone: String = "America/New_York") throws -> RehearsalTime {
        try RehearsalTime.read(text, option: "--from", on: clock(zone))
    }

    @Test(
        "a time without an offset is read on the given clock, one with an offset on its own",
        arguments: [
            ("2026-12-23T09:00", "America/New_York", "2026-12-23T14:00:00.000Z"),
            ("2026-12-23 09:00", "Europe/Paris", "2026-12-23T08:00:00.000Z"),
            ("2026-07-14T09:00", "Europe/Paris", "2026-07-14T07:00:00.000Z"),
            ("2026-12-23T09:00-08:00", "America/New_York", "2026-12-23T17:00:00.000Z"),
            ("2026-12-23T09:00:30Z", "America/New_York", "2026-12-23T09:00:30.000Z"),
        ])
    func plain(text: String, zone: String, instant: String) throws {
        let time = try read(text, on: zone)
        #expect(time.instant.iso8601 == instant)
        #expect(time.note == nil)
    }

    @Test("of an hour that comes twice the first is taken, and how to write the second is said")
    func twice() throws {
        let time = try read("2026-11-01T01:30")
        #expect(time.instant.iso8601 == "2026-11-01T05:30:00.000Z")
        let note = try #require(time.note)
        #expect(note.contains("comes twice in America/New_York"))
        // What it says to write is what means the second.
        #expect(note.contains("2026-11-01T06:30:00.000Z"))
        #expect(try read("2026-11-01T06:30:00.000Z").instant.iso8601 == "2026-11-01T06:30:00.000Z")
    }

    @Test("an hour that does not exist begins at the change of the clock")
    func missing() throws {
        let time = try read("2026-03-08T02:30")
        #expect(time.instant.iso8601 == "2026-03-08T07:00:00.000Z")
        #expect(time.note?.contains("2026-03-08 02:30 does not exist") == true)
        #expect(time.note?.contains("2026-03-08 03:00 is taken") == true)
    }

    @Test(
        "what is no time is refused with what to write",
        arguments: [
            "", "tomorrow", "2026-12-23", "2026-02-30T09:00", "2026-12-23T25:00", "23.12.2026 09:00",
            "2026-12-23T09:00+", "1999-12-31T09:00", "2300-01-01T09:00Z",
        ])
    func refused(text: String) {
        let failure = #expect(throws: CommandFailure.self) { try read(text) }
        #expect(failure?.description.contains("--from takes") == true)
    }

    @Test("the zone is the one asked for, else the campaign's own, else that of most contacts")
    func zone() throws {
        var campaign = Campaign(name: "c", region: "US")
        let areas: [(area: Area, contacts: Int)] = [
            (Area(zones: ["America/Denver", "America/Phoenix"], region: "US", jurisdiction: "US-AZ"), 900),
            (Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY"), 300),
            (Area(zones: ["America/Chicago"], region: "US", jurisdiction: "US-IL"), 250),
            (Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-FL"), 20),
            (Area(zones: ["America/Chicago"], region: "US", jurisdiction: "US-TX"), 100),
        ]
        let choose = { (asked: String?) in
            try RehearsalZone.choose(asked: asked, campaign: campaign, areas: areas) { ZoneClock($0) }
        }
        // 350 against 320; those who may be in two zones do not count.
        #expect(try choose(nil).clock.name == "America/Chicago")
        #expect(try choose(nil).why == "where most of its contacts are")
        #expect(try choose("Europe/Berlin").clock.name == "Europe/Berlin")
        campaign.callingRules.timeZone = .fixed("America/Los_Angeles")
        #expect(try choose(nil).clock.name == "America/Los_Angeles")
        #expect(try choose("Europe/Berlin").clock.name == "Europe/Berlin")
        #expect(throws: CommandFailure.self) { try choose("Berlin") }
    }

    @Test("where no contact's zone is known, one has to be named")
    func noZone() {
        let campaign = Campaign(name: "c", region: "US")
        let areas = [(area: Area(zones: [], region: "US", jurisdiction: nil), contacts: 5)]
        let failure = #expect(throws: CommandFailure.self) {
            try RehearsalZone.choose(asked: nil, campaign: campaign, areas: areas) { ZoneClock($0) }
        }
        #expect(failure?.description.contains("--zone America/New_York") == true)
    }
}
