import CallingRules
import Campaigns
import Eligibility
import TestSupport
import Testing

@testable import Dialer

@Suite("The set of open areas") struct AreaHoursTests {
    private let areas: [(id: Int64, area: Area)] = [
        (1, Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")),
        (2, Area(zones: ["America/Denver", "America/Phoenix"], region: "US", jurisdiction: "US-AZ")),
        (3, Area(zones: ["America/Los_Angeles"], region: "US", jurisdiction: "US-CA")),
        (4, Area(zones: [], region: "US", jurisdiction: nil)),
    ]

    private func rules(version: String = "2026-03-01") throws -> EligibilityRules {
        let pack = try RulePackFile.read(
            """
            pack: us
            version: "\(version)"
            region: US
            rules:
              - { places: [US], source: "a test", hours: { all: "08:00-21:00" }, holidays: [2026-03-09] }
              - { places: [US-NY, US-AZ], source: "a test", nothing_stricter: true, date: 2026-03-01 }
              - { places: [US-CA], source: "a test", hours: { mon-fri: "09:00-12:00,13:00-20:00" } }
            """, file: "us.yaml")
        let campaign = try CampaignFile.read("campaign: a\nregion: US\n", file: "c.yaml")
        return EligibilityRules(campaign: campaign, pack: pack)
    }

    @Test("at every instant the kept set is what the hours say, over a clock change and a holiday")
    func agreement() throws {
        let rules = try rules()
        var kept = AreaHours()
        kept.replaceAreas(areas)
        var random = SeededGenerator(seed: 5)
        var now = try #require(Instant(iso8601: "2026-03-06T00:00:00Z"))
        let end = now + .seconds(6 * 86_400)
        while now < end {
            let expected = areas.filter {
                rules.hours(of: $0.area).verdict(at: now, margin: rules.campaign.dial.ringTimeout).isAllowed
            }.map(\.id)
            #expect(kept.openAreas(under: rules, at: now) == expected, "\(now)")
            now = now + .milliseconds(Int64.random(in: 1...1_800_000, using: &random))
        }
    }

    @Test("under a pack that is too old no area is open, and none ever will be")
    func oldPack() throws {
        var rules = try rules(version: "2024-01-01")
        var kept = AreaHours()
        kept.replaceAreas(areas)
        let now = try #require(Instant(iso8601: "2026-03-10T18:00:00Z"))
        #expect(!kept.openAreas(under: rules, at: now).isEmpty, "no engine judges it")
        kept.replaceAreas(areas)
        rules.packsJudgedAt = now
        #expect(kept.openAreas(under: rules, at: now).isEmpty)
        #expect(kept.nextCall(of: [(area: 1, due: now)], under: rules, at: now) == nil)
    }

    @Test("a closed place is not picked from; its contacts come after its last day, on the place's clock")
    func closedPlace() throws {
        let open = try rules()
        let now = try #require(Instant(iso8601: "2026-03-10T18:00:00Z"))
        let closure = PlaceClosure(
            place: "US-CA", until: try #require(CivilDate("2026-03-11")), source: "a proclamation", closedBy: "root",
            closedAt: now)
        let closed = EligibilityRules(
            campaign: open.campaign, book: open.book, closures: [closure], clocks: ZoneClocks())
        var kept = AreaHours()
        kept.replaceAreas(areas)
        #expect(kept.openAreas(under: open, at: now) == [1, 2, 3])
        kept.replaceAreas(areas)
        #expect(kept.openAreas(under: closed, at: now) == [1, 2])
        #expect(
            kept.nextCall(of: [(area: 3, due: now)], under: closed, at: now) == Instant(iso8601: "2026-03-12T16:00:00Z")
        )
    }

    @Test("a country whose registry the file does not name is closed until it does, and open until a grace ends")
    func unnamedRegistry() throws {
        let pack = try RulePackFile.read(
            """
            pack: us
            version: "2026-03-01"
            region: US
            rules: [{ places: [US], source: "a test", hours: { all: "08:00-21:00" }, registry: "National Registry" }]
            """, file: "us.yaml")
        let rules = { (more: String, grace: Instant?) in
            EligibilityRules(
                campaign: try CampaignFile.read("campaign: a\nregion: US\n\(more)", file: "c.yaml"),
                book: RuleBook([pack]), graceUntil: grace, clocks: ZoneClocks())
        }
        let now = try #require(Instant(iso8601: "2026-03-10T18:00:00Z"))
        var kept = AreaHours()
        kept.replaceAreas(areas)
        #expect(try kept.openAreas(under: rules("", nil), at: now).isEmpty)
        #expect(try kept.nextCall(of: [(area: 1, due: now)], under: rules("", nil), at: now) == nil)
        kept.replaceAreas(areas)
        #expect(
            try kept.openAreas(under: rules("suppression: { none_because: a test }\n", nil), at: now) == [1, 2, 3])
        kept.replaceAreas(areas)
        let end = now + .seconds(600)
        #expect(try kept.openAreas(under: rules("", end), at: end - .milliseconds(1)) == [1, 2, 3])
        #expect(try kept.openAreas(under: rules("", end), at: end).isEmpty, "at the very end, not an hour later")
    }
}
