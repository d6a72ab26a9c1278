import CampaignStore
import Campaigns
import HTTPTypes
import HummingbirdTesting
import PhoneNumbers
import Testing

@testable import OffhookServer

@Suite("Contacts") struct ContactResourceTests {
    let bench: ServerBench
    let campaign: StoredCampaign
    let ann: ContactID

    init() throws {
        bench = try ServerBench()
        campaign = try bench.campaign("spring")
        ann = try bench.load(
            [
                ("Ann Smith", 12_125_550_101, [["City", "Ely"]]), ("Bob_Jones", 12_125_550_102, [["City", "York"]]),
                ("100% Cotton", 12_135_550_103, []),
            ], into: campaign.id)[0]
    }

    private func find(_ query: String, _ client: any TestClientProtocol, _ session: BenchSession) async throws
        -> [String]
    {
        let answer = try await client.send(.get, "/api/v1/contacts?q=\(query.encoded)", session)
        #expect(answer.status == .ok, "\(query): \(answer.text)")
        return try answer.value(ContactSearchView.self).contacts.map { $0.name ?? "" }
    }

    @Test("contacts are found by number however it is written, by how a number begins, by name and by field")
    func search() async throws {
        let session = try await bench.manager()
        try await bench.run { client async throws in
            for text in ["+12125550101", "(212) 555-0101", "1 212 555 0101", "ann", "SMITH", "city: ely", "City:EL"] {
                #expect(try await find(text, client, session) == ["Ann Smith"], "\(text)")
            }
            #expect(try await find("1212555", client, session) == ["Bob_Jones", "Ann Smith"])
            #expect(try await find("b_j", client, session) == ["Bob_Jones"])
            #expect(try await find("0% c", client, session) == ["100% Cotton"])
            #expect(try await find("n_S", client, session).isEmpty)
            #expect(try await find("City: Oslo", client, session).isEmpty)
            for query in ["q=", "q=a", "q=ann&limit=0", "q=ann&before=x", "q=ann&campaign_id=x"] {
                let answer = try await client.send(.get, "/api/v1/contacts?\(query)", session)
                #expect(answer.status == .unprocessableContent, "\(query)")
            }
            let page = try await client.send(.get, "/api/v1/contacts?q=1212555&limit=1", session)
                .value(ContactSearchView.self)
            #expect(page.isCut && page.note != nil)
        }
    }

    @Test("a name and fields are changed under the version that was read; the other editor is told")
    func edit() async throws {
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let path = "/api/v1/contacts/\(ann.value)"
            let read = try await client.send(.get, path, session)
            let tag = try #require(read.headers[.eTag])
            let changed = try await client.send(
                .patch, path, session,
                "{\"name\":\"Ann Lee\",\"fields\":[{\"name\":\"City\",\"value\":\"Bath\"},{\"name\":\"Plan\",\"value\":\"\"}]}",
                ifMatch: tag)
            #expect(changed.status == .ok, "\(changed.text)")
            let view = try changed.value(ContactView.self)
            #expect(view.name == "Ann Lee" && view.fields.map(\.value) == ["Bath", ""])
            let one = try await client.send(
                .patch, path, session, "{\"fields\":[{\"name\":\"City\",\"value\":\"Ely\"}]}")
            let kept = try one.value(ContactView.self)
            #expect(kept.name == "Ann Lee" && kept.externalId == view.externalId)
            #expect(kept.fields.map(\.value) == ["Ely", ""], "the fields that it does not name stay")
            let gone = try await client.send(
                .patch, path, session, "{\"name\":null,\"fields\":[{\"name\":\"Plan\",\"value\":null}]}")
            #expect(try gone.value(ContactView.self).fields.map(\.name) == ["City"])
            #expect(try gone.value(ContactView.self).name == nil)
            #expect(try await client.send(.patch, path, session, "{\"name\":\"Ann Lee\"}").status == .ok)
            let late = try await client.send(.patch, path, session, "{\"name\":\"X\"}", ifMatch: tag)
            #expect(late.status == .preconditionFailed)
            #expect(try bench.store.contact(ann).name == "Ann Lee")
            let twice = try await client.send(
                .patch, path, session, "{\"fields\":[{\"name\":\"a\",\"value\":\"\"},{\"name\":\"a\",\"value\":\"\"}]}")
            #expect(twice.status == .unprocessableContent)
            let nameless = try await client.send(
                .patch, path, session, "{\"fields\":[{\"name\":\" \",\"value\":\"x\"}]}")
            #expect(nameless.status == .unprocessableContent)
            let entry = try #require(bench.store.auditLog().first)
            #expect(entry.act == "contact_edited" && entry.subject == "contact \(ann.value)")
            let events = try bench.store.journal(of: ann)
            #expect(events.first?.event == "contact_edited" && events.first?.agent == "mia")
            #expect(events.allSatisfy { $0.detail?.contains("Ann") != true })
        }
    }

    @Test("nobody writes down again who was erased")
    func erased() async throws {
        let session = try await bench.manager()
        _ = try bench.store.eraseContact(try #require(PhoneNumber(digits: 12_125_550_101)), at: bench.now)
        try await bench.run { client async throws in
            let answer = try await client.send(
                .patch, "/api/v1/contacts/\(ann.value)", session, "{\"name\":\"Ann Smith\"}")
            #expect(answer.status == .conflict)
            #expect(try bench.store.contact(ann).name == nil)
        }
    }

    @Test("a callback is agreed on the contact's clock, for one that waits and for one that is finished")
    func callback() async throws {
        let session = try await bench.manager()
        try await bench.user("eve", .agent)
        try await bench.run { client async throws in
            let path = "/api/v1/contacts/\(ann.value)/callback"
            let agreed = try await client.send(
                .post, path, session, "{\"at\":\"2026-03-11 15:30\",\"agent\":\"eve\"}")
            #expect(agreed.status == .ok, "\(agreed.text)")
            // New York is four hours behind UTC then.
            #expect(try agreed.value(CallbackView.self).dueAt.hasPrefix("2026-03-11T19:30:00"))
            let contact = try bench.store.contact(ann)
            #expect(contact.state == .callback && contact.agent == "eve")
            #expect(try bench.store.problems().isEmpty)
            for body in [
                "{\"at\":\"soon\"}", "{\"at\":\"2026-03-11 15:30\",\"agent\":\"nobody\"}",
            ] {
                #expect(try await client.send(.post, path, session, body).status == .unprocessableContent, "\(body)")
            }
            let over = try await client.send(.post, path, session, "{\"at\":\"2020-01-01 10:00\"}")
            #expect(over.status == .conflict)
            // The eleventh of next year's January is a Monday; of this year's it is over.
            let lastYear = try await client.send(.post, path, session, "{\"at\":\"2025-05-12 10:00\"}")
            #expect(lastYear.text.contains("did you mean 2026-05-12?"), "\(lastYear.text)")
            #expect(
                try await client.send(.post, "/api/v1/contacts/\(ann.value)/reopen", session).status == .conflict)
        }
    }

    @Test("do not call stops all numbers at once, and why says which rule holds")
    func doNotCall() async throws {
        let session = try await bench.manager()
        try bench.store.setState(.started, of: "spring", at: bench.now)
        try await bench.run { client async throws in
            let path = "/api/v1/contacts/\(ann.value)"
            let before = try await client.send(.get, "\(path)/why", session).value(ContactWhyView.self)
            #expect(before.numbers.map(\.isAllowed) == [true])
            let stopped = try await client.send(.post, "\(path)/do-not-call", session)
            #expect(try stopped.value(ContactView.self).state == "suppressed")
            let after = try await client.send(.get, "\(path)/why", session).value(ContactWhyView.self)
            #expect(after.numbers.map(\.isAllowed) == [false])
            #expect(after.numbers.first?.rules.contains { !$0.isAllowed && $0.facts.contains("by hand") } == true)
            let late = try await client.send(.post, "\(path)/callback", session, "{\"at\":\"2026-03-11 15:30\"}")
            #expect(late.status == .conflict)
            let story = try await client.send(.get, "\(path)/story", session).value(ContactStoryView.self)
            #expect(story.attempts.isEmpty)
        }
    }

    @Test("a limited manager finds, sees and changes contacts of their own campaigns alone")
    func limited() async throws {
        let other = try bench.campaign("other")
        let session = try await bench.manager(campaigns: [other.id])
        try await bench.run { client async throws in
            #expect(try await find("ann", client, session).isEmpty)
            #expect(try await find("+12125550101", client, session).isEmpty)
            let foreign = try await client.send(
                .get, "/api/v1/contacts?q=ann&campaign_id=\(campaign.id.value)", session)
            #expect(foreign.status == .notFound)
            let path = "/api/v1/contacts/\(ann.value)"
            for (method, end, body) in [
                (HTTPRequest.Method.get, "", nil), (.patch, "", "{\"name\":\"X\"}"), (.get, "/why", nil),
                (.get, "/story", nil), (.post, "/reopen", nil), (.post, "/do-not-call", nil),
                (.post, "/callback", "{\"at\":\"2026-03-11 15:30\"}"),
            ] as [(HTTPRequest.Method, String, String?)] {
                let answer = try await client.send(method, path + end, session, body)
                #expect(answer.status == .notFound, "\(method) \(end)")
            }
            #expect(try await client.get("/contacts/\(ann.value)", session.headers).status == .notFound)
            #expect(try bench.store.contact(ann).state == .ready)
        }
    }

    @Test("pages find a contact, show the whole story, and change it by forms")
    func pages() async throws {
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let found = try await client.get("/contacts?q=ann+smith&campaign_id=", session.headers).text
            #expect(found.contains("/contacts/\(ann.value)"))
            #expect(try await client.get("/contacts?q=zzz", session.headers).text.contains("No contact was found"))
            #expect(try await client.get("/contacts?q=a", session.headers).status == .unprocessableContent)
            let page = try await client.get("/contacts/\(ann.value)", session.headers)
            #expect(page.status == .ok && page.text.contains("campaign") && page.text.contains("+12125550101"))
            let version = try bench.store.contact(ann).version
            let form =
                "version=\(version)&name=Ann+%3Ci%3E&external_id=7&field_name=City&field_value=Bath"
                + "&field_name=&field_value="
            let saved = try await client.submit("/contacts/\(ann.value)", form, session)
            #expect(saved.status == .seeOther, "\(saved.text)")
            #expect(try bench.store.contact(ann).fields.pairs.map(\.value) == ["Bath"])
            #expect(try await client.get("/contacts/\(ann.value)", session.headers).text.contains("Ann &lt;i&gt;"))
            let late = try await client.submit("/contacts/\(ann.value)", form, session)
            #expect(late.status == .preconditionFailed)
            let agreed = try await client.submit("/contacts/\(ann.value)/callback", "at=2026-03-11T15%3A30", session)
            #expect(agreed.status == .seeOther)
            #expect(try bench.store.contact(ann).state == .callback)
            _ = try await client.submit("/contacts/\(ann.value)/do-not-call", "", session)
            #expect(try bench.store.contact(ann).state == .suppressed)
        }
    }
}
