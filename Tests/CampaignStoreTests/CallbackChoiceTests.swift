import CallingRules
import Campaigns
import Eligibility
import Testing

@testable import CampaignStore

@Suite("What a callback's time can mean") struct CallbackChoiceTests {
    private let clocks = ZoneClocks()
    private let time = CallbackTime("2026-12-01 15:30")

    private func area(_ zones: [String]) -> Area { Area(zones: zones, region: "US", jurisdiction: "US-FL") }

    @Test("is one instant where all clocks of the contact agree")
    func plain() throws {
        let time = try #require(time)
        let eastern = try time.settled(in: area(["America/New_York", "America/Detroit"]), clocks.clock)
        #expect(eastern == .at(try #require(Instant(iso8601: "2026-12-01T20:30:00Z"))))
        let instant = CallbackTime.at(Instant(milliseconds: 1))
        #expect(try instant.settled(in: nil, clocks.clock) == instant)
    }

    @Test("is asked for where they differ, with every time that it can be")
    func ambiguous() throws {
        let time = try #require(time)
        let asked = #expect(throws: AmbiguousCallback.self) {
            try time.settled(in: area(["America/Chicago", "America/New_York", "America/Detroit"]), clocks.clock)
        }
        #expect(asked?.choices.map(\.local) == ["2026-12-01T15:30-05:00", "2026-12-01T15:30-06:00"])
        #expect(asked?.choices.first?.zones == ["America/Detroit", "America/New_York"])
        let sentence = asked?.description ?? ""
        for part in ["2026-12-01 15:30", "America/Chicago", "--time-zone", "2026-12-01T15:30-05:00"] {
            #expect(sentence.contains(part), "\(sentence)")
        }
        #expect(CallbackTime("2026-12-01T15:30-05:00") == .at(try #require(Instant(iso8601: "2026-12-01T20:30:00Z"))))
    }

    @Test("is settled by the zone that somebody names, if there is such a zone")
    func named() throws {
        let time = try #require(time)
        let both = area(["America/Chicago", "America/New_York"])
        #expect(
            try time.settled(in: both, zone: "America/Chicago", clocks.clock)
                == .at(try #require(Instant(iso8601: "2026-12-01T21:30:00Z"))))
        #expect(throws: StoreError.self) { try time.settled(in: both, zone: "Chicago", clocks.clock) }
    }

    @Test("is asked for where no zone of the contact is known")
    func unknown() throws {
        let time = try #require(time)
        #expect(throws: AmbiguousCallback.self) { try time.settled(in: area([]), clocks.clock) }
        #expect(throws: AmbiguousCallback.self) { try time.settled(in: nil, clocks.clock) }
    }
}
