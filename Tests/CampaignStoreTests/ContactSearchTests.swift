import CallingRules
import Campaigns
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("Contacts are searched, edited and agreed callbacks with") struct ContactSearchTests {
    let bench: RuleBench
    let campaign: CampaignID

    init() throws {
        bench = try RuleBench()
        campaign = try bench.campaign("a").id
        try bench.load([[1], [2], [3], [4], [5]], into: campaign, fields: [["City", "Ely"]])
    }

    @Test("a search that does not look at all contacts says where it goes on, and goes on to all of them once")
    func paging() throws {
        var found: [Int64] = []
        var before: ContactID?
        var looks = 0
        repeat {
            let result = try bench.store.searchContacts(
                .field(name: "city", text: "ely"), before: before, limit: 50, looking: 2)
            found += result.contacts.map(\.id.value)
            before = result.before
            looks += 1
        } while before != nil && looks < 10
        #expect(found == [5, 4, 3, 2, 1])
        #expect(looks == 3)
    }

    @Test("a limit cuts, and the search goes on behind what it showed")
    func limit() throws {
        let first = try bench.store.searchContacts(.field(name: "City", text: "E"), limit: 2)
        #expect(first.isCut && first.contacts.map(\.id.value) == [5, 4])
        let second = try bench.store.searchContacts(
            .field(name: "City", text: "E"), before: first.before, limit: 50)
        #expect(!second.isCut && second.contacts.map(\.id.value) == [3, 2, 1] && second.before == nil)
    }

    @Test("other campaigns' contacts are not found by who may not see them")
    func visible() throws {
        let number = try bench.number(1)
        #expect(try bench.store.searchContacts(.number(number)).contacts.count == 1)
        #expect(try bench.store.searchContacts(.number(number), campaigns: []).contacts.isEmpty)
        #expect(try bench.store.searchContacts(.numberPrefix(1212), campaigns: [campaign]).contacts.count == 5)
    }

    @Test("an edit under a version that is no more is refused, and a new field unparks who waited for a consent")
    func edit() throws {
        let id = ContactID(1)
        let read = try bench.store.contact(id)
        try bench.store.write {
            try $0.execute(
                sql: "UPDATE contacts SET due_at = ?, reason = 'No consent.' WHERE id = 1", arguments: [Parking.never])
        }
        let edit = ContactEdit(name: "Ann", externalID: nil, fields: ContactFields([["Consent", "yes"]]))
        let changed = try bench.store.editContact(id, edit, version: read.version, by: "mia", at: bench.now)
        #expect(changed.version != read.version && changed.name == "Ann")
        let due = try bench.store.read { try Int64.fetchOne($0, sql: "SELECT due_at FROM contacts WHERE id = 1") }
        #expect(due == 0)
        #expect(throws: StoreError.changedMeanwhile(what: "contact", name: "1")) {
            try bench.store.editContact(id, edit, version: read.version, by: "mia", at: bench.now)
        }
    }

    @Test("a version differs by each part, and is a number that a script can hold")
    func versions() throws {
        var contact = try bench.store.contact(ContactID(1))
        var seen: Set<Int64> = [contact.version]
        contact.name = "Ann"
        seen.insert(contact.version)
        contact.externalID = "7"
        seen.insert(contact.version)
        contact.fields = ContactFields([["City", "Bath"]])
        seen.insert(contact.version)
        #expect(seen.count == 4)
        #expect(seen.allSatisfy { (0..<(1 << 53)).contains($0) })
    }

    @Test("an agreed callback is what its agent gets next, at its time")
    func callback() throws {
        let rules = try bench.campaign("a").rules
        let at = bench.now + .seconds(3600)
        _ = try bench.store.scheduleCallback(
            ContactID(3), at: .at(at), agent: "eve", by: "mia", rules: rules, now: bench.now)
        #expect(try bench.store.contact(ContactID(3)).state == .callback)
        bench.now = at + .seconds(1)
        let next = try #require(try bench.reserve(campaign, agent: "eve"))
        #expect(next.contact == ContactID(3))
        #expect(throws: StoreError.self) {
            try bench.store.scheduleCallback(
                ContactID(3), at: .at(at + .seconds(60)), agent: nil, by: "mia", rules: rules, now: bench.now)
        }
        #expect(try bench.store.problems().isEmpty)
    }

    @Test("a campaign that was changed since it was read is not overwritten")
    func versionsOfCampaigns() throws {
        let stored = try bench.store.campaign(campaign)
        let apply = { (expecting: CampaignExpectation) in
            try bench.store.applyCampaign(
                stored.campaign, yaml: stored.yaml, file: "c.yaml", script: nil, expecting: expecting, at: bench.now)
        }
        _ = try apply(.version(stored.version))
        #expect(try bench.store.campaign(campaign).version > stored.version)
        #expect(throws: StoreError.changedMeanwhile(what: "campaign", name: "a")) {
            try apply(.version(stored.version))
        }
        #expect(throws: StoreError.self) { try apply(.nothing) }
    }
}
