import CallingRules
import Campaigns
import Eligibility
import Testing

@testable import CampaignStore

@Suite("Places closed for an emergency") struct PlaceClosureTests {
    private let bench: RuleBench

    init() throws {
        bench = try RuleBench()
        bench.area = Area(zones: ["America/Chicago"], region: "US", jurisdiction: "US-LA")
    }

    /// The bench's clock is at 10 March 2026, 09:00 in Louisiana.
    private func closure(_ place: String = "US-LA", until day: String = "2026-03-12") throws -> PlaceClosure {
        PlaceClosure(
            place: place, until: try #require(CivilDate(day)), source: "Proclamation 41 JBE 2026", closedBy: "root",
            closedAt: bench.now)
    }

    @Test("an intent is refused from the moment a place is closed, whatever the rules in memory say of it")
    func intent() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1]], into: campaign.id)
        let reservation = try #require(try bench.reserve(campaign.id))
        try bench.store.closePlace(try closure())
        guard case .denied(let verdict) = try bench.intend(reservation, campaign.rules) else {
            Issue.record("the call must be refused")
            return
        }
        #expect(verdict.reasons.map(\.code) == ["place_closed"])
        #expect(verdict.reasons[0].text.contains("US-LA is closed to calls until the end of 2026-03-12"))
        #expect(verdict.reasons[0].text.contains("Proclamation 41 JBE 2026"))
        // 13 March begins in Louisiana at 05:00 UTC: summer time since the 8th.
        guard case .denied(let until, _) = verdict.verdict else { return }
        #expect(until == Instant(iso8601: "2026-03-13T05:00:00Z"))
    }

    @Test("a contact that was refused there is called within a minute of the place being opened")
    func opened() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1]], into: campaign.id)
        let reservation = try #require(try bench.reserve(campaign.id))
        try bench.store.closePlace(try closure())
        _ = try bench.intend(reservation, campaign.rules)
        try bench.store.openPlace("US-LA", by: "root", at: bench.now)
        bench.now = bench.now + .seconds(60)
        let again = try #require(try bench.reserve(campaign.id))
        guard case .recorded = try bench.intend(again, campaign.rules) else {
            Issue.record("the call must be allowed")
            return
        }
    }

    @Test("a closure holds the place's own numbers; a country its parts; a number of unknown part counts as each")
    func places() throws {
        let area = { (region: String, jurisdiction: String?) in
            Area(zones: [], region: region, jurisdiction: jurisdiction)
        }
        let louisiana = try closure()
        #expect(louisiana.covers(area("US", "US-LA")))
        #expect(louisiana.covers(area("US", "US-MS+US-LA")))
        #expect(louisiana.covers(area("US", "US")) && louisiana.covers(area("US", nil)))
        #expect(!louisiana.covers(area("US", "US-MS")) && !louisiana.covers(area("CA", nil)))
        #expect(try closure("US").covers(area("US", "US-MS")))
        #expect(try closure("PR").covers(area("US", "US-PR")) && closure("PR").covers(area("PR", "PR")))
        #expect(try !closure("PR").covers(area("US", "US-MS")))
    }

    @Test("to close a place again replaces what was said; to open what is not closed is refused with what is")
    func again() throws {
        try bench.store.closePlace(try closure())
        try bench.store.closePlace(try closure(until: "2026-03-20"))
        #expect(try bench.store.placeClosures(at: bench.now).map(\.until.text) == ["2026-03-20"])
        try bench.store.closePlace(try closure("US-NY"))
        #expect {
            try bench.store.openPlace("US-FL", by: "root", at: bench.now)
        } throws: {
            "\($0)".contains("closed are US-LA, US-NY")
        }
        try bench.store.openPlace("US-LA", by: "root", at: bench.now)
        #expect(try bench.store.placeClosures(at: bench.now).map(\.place) == ["US-NY"])
        let events = try bench.store.journal().map(\.event).filter { $0.hasPrefix("place_") }
        #expect(events == ["place_closed", "place_closed", "place_closed", "place_opened"])
        #expect(CampaignStore.campaignEvents.isSuperset(of: ["place_closed", "place_opened"]))
    }

    @Test("a closure ends by itself, after the last day of the last clock")
    func ends() throws {
        try bench.store.closePlace(try closure(until: "2026-03-10"))
        let end = try #require(Instant(iso8601: "2026-03-11T12:00:00Z"))
        #expect(try bench.store.placeClosures(at: end - .milliseconds(1)).count == 1)
        #expect(try bench.store.placeClosures(at: end).isEmpty)
    }

    @Test("asked for the past, what was closed then counts, and nothing else")
    func past() throws {
        let campaign = try bench.campaign("a")
        try bench.load([[1]], into: campaign.id)
        let before = bench.now - .seconds(3600)
        try bench.store.closePlace(try closure())
        let during = bench.now + .seconds(60)
        bench.now = bench.now + .seconds(7200)
        try bench.store.openPlace("US-LA", by: "root", at: bench.now)
        let codes = { (instant: Instant) in
            try self.bench.store.contacts(holding: self.bench.number(1), at: self.bench.now, asOf: instant)
                .flatMap(\.facts.closures).map(\.place)
        }
        #expect(try codes(before).isEmpty)
        #expect(try codes(during) == ["US-LA"])
        #expect(try codes(bench.now + .seconds(1)).isEmpty)
    }
}
