import Campaigns
import Testing

@testable import CampaignStore

@Suite("What a change of a contact names") struct ContactChangeTests {
    @Test("fields and names that are not named stay; null takes them away; a new field is added at the end")
    func named() throws {
        let bench = try RuleBench()
        let campaign = try bench.campaign("a")
        try bench.load([[1]], into: campaign.id, fields: [["Plan", "Gold"], ["City", "Ely"]])
        let change = { (change: ContactChange) in
            try bench.store.changeContact(ContactID(1), change, version: nil, by: "eve", at: bench.now)
        }
        let first = try change(
            ContactChange(name: .set("Ada"), externalID: .set("A-1"), fields: [("City", "Bath"), ("Age", "40")]))
        #expect(first.fields.pairs.map(\.name) == ["Plan", "City", "Age"])
        #expect(first.fields.pairs.map(\.value) == ["Gold", "Bath", "40"])
        let second = try change(ContactChange(externalID: ContactChange.Text(nil), fields: [("Plan", nil)]))
        #expect(second.name == "Ada" && second.externalID == nil)
        #expect(second.fields.pairs.map(\.name) == ["City", "Age"])
        #expect(try change(ContactChange()).fields == second.fields)
    }
}
