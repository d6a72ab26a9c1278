import CallingRules
import Campaigns
import Eligibility
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("Contacts that no date frees") struct ParkingTests {
    let bench: RuleBench

    init() throws {
        bench = try RuleBench()
    }

    @Test(
        "a contact that a rule of one number's place has parked goes on with its other number when that one is suppressed"
    )
    func otherPlace() throws {
        let pack = try RulePackFile.read(
            """
            pack: own
            version: "2026-03-01"
            region: US
            rules:
              - { places: [US], source: "a test", hours: { all: "00:00-24:00" } }
              - { places: [US-NY], source: "a test", nothing_stricter: true, date: 2026-03-01 }
              - { places: [US-FL], source: "a test", consent: required }
            """, file: "own.yaml")
        let campaign = try bench.campaign("a", "calling_rules: { pack: own }\n", pack: pack)
        let numbers = try [(1, "US-FL"), (2, "US-NY")].map { index, state in
            NewContact.Number(
                number: try bench.number(index), fileExtension: nil, kind: .mobile, validity: .valid,
                area: Area(zones: ["America/New_York"], region: "US", jurisdiction: state))
        }
        _ = try bench.store.importList(
            campaign: campaign.id, list: "l", file: "l", sha256: "", options: "", at: bench.now
        ) {
            try $0.add(
                NewContact(name: nil, externalID: nil, priority: 0, numbers: numbers, fields: ContactFields()))
        }
        guard case .denied(let verdict) = try bench.intend(try #require(try bench.reserve(campaign.id)), campaign.rules)
        else {
            Issue.record("Florida asks for consent")
            return
        }
        #expect(verdict.reasons.map(\.code) == ["consent"])
        #expect(try bench.reserve(campaign.id) == nil)
        _ = try bench.store.suppress([bench.number(1)], campaign: nil, source: "t", at: bench.now)
        let next = try #require(try bench.reserve(campaign.id))
        #expect(next.number == (try bench.number(2)))
        guard case .recorded = try bench.intend(next, campaign.rules) else {
            Issue.record("New York asks for none")
            return
        }
    }
}
