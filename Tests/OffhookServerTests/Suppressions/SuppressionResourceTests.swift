import CampaignStore
import HTTPTypes
import HummingbirdTesting
import PhoneNumbers
import Testing

@testable import OffhookServer

@Suite("The do-not-call list") struct SuppressionResourceTests {
    @Test("a number and a prefix are added, found by how they begin, and taken off again")
    func whole() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let stored = try bench.campaign("spring")
        try bench.load([("Ann", 12_125_550_101, [])], into: stored.id)
        try await bench.run { client async throws in
            let path = "/api/v1/suppressions"
            let added = try await client.send(.post, path, session, "{\"number\":\"(212) 555-0101\"}")
                .value(SuppressionAddedView.self)
            #expect(added == SuppressionAddedView(number: "+12125550101", isNew: true, contacts: 1))
            let again = try await client.send(.post, path, session, "{\"number\":\"+12125550101\"}")
            #expect(try again.value(SuppressionAddedView.self).isNew == false)
            _ = try await client.send(.post, path, session, "{\"number\":\"+1213*\",\"until\":\"2027-01-31\"}")
            let find = { (text: String) async throws -> [String] in
                try await client.send(.get, "\(path)?number=\(text.encoded)", session)
                    .value(SuppressionListView.self).entries.map(\.number)
            }
            #expect(try await find("+12125550101") == ["+12125550101"])
            #expect(try await find("121") == ["+1213*", "+12125550101"])
            #expect(try await find("44").isEmpty)
            let gone = try await client.send(.delete, "\(path)?number=%2B12125550101", session)
            #expect(gone.status == .noContent)
            #expect(try await client.send(.delete, "\(path)?number=%2B12125550101", session).status == .notFound)
            #expect(try await find("12125").isEmpty)
            let acts = try bench.store.auditLog().map(\.act)
            #expect(acts == ["suppression_removed", "suppression_added", "suppression_added", "suppression_added"])
        }
    }

    @Test(
        "what is no number, prefix or end is refused",
        arguments: [
            "{}", "{\"number\":\"hello\"}", "{\"number\":\"12*\"}", "{\"number\":\"+12125550101\",\"until\":\"soon\"}",
            "{\"number\":\"+12125550101\",\"until\":\"2020-01-01\"}", "{\"number\":\"2125550101\",\"region\":\"XX\"}",
        ])
    func wrong(body: String) async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let answer = try await client.send(.post, "/api/v1/suppressions", session, body)
            #expect(answer.status == .unprocessableContent, "\(answer.text)")
            let limit = try await client.send(.get, "/api/v1/suppressions?limit=0", session)
            #expect(limit.status == .unprocessableContent)
        }
    }

    @Test("a limited manager adds everywhere, but takes off and sees only what is of their campaigns")
    func limited() async throws {
        let bench = try ServerBench()
        let (own, other) = (try bench.campaign("own"), try bench.campaign("other"))
        let session = try await bench.manager(campaigns: [own.id])
        let number = try #require(PhoneNumber(digits: 12_125_550_101))
        _ = try bench.store.suppress([number], campaign: other.id, source: "by hand", at: bench.now)
        try await bench.run { client async throws in
            let path = "/api/v1/suppressions"
            #expect(
                try await client.send(.get, path, session).value(SuppressionListView.self).entries.isEmpty)
            #expect(try await client.send(.post, path, session, "{\"number\":\"+12125550102\"}").status == .ok)
            let everywhere = try await client.send(.delete, "\(path)?number=%2B12125550102", session)
            #expect(everywhere.status == .forbidden)
            let foreign = try await client.send(
                .delete, "\(path)?number=%2B12125550101&campaign_id=\(other.id.value)", session)
            #expect(foreign.status == .notFound)
            _ = try await client.send(
                .post, path, session, "{\"number\":\"+12125550103\",\"campaign_id\":\(own.id.value)}")
            let mine = try await client.send(
                .delete, "\(path)?number=%2B12125550103&campaign_id=\(own.id.value)", session)
            #expect(mine.status == .noContent)
        }
    }

    @Test("the entry of an erased person is taken off only where that is confirmed, by program and by page")
    func erased() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let stored = try bench.campaign("spring")
        try bench.load([("Ann", 12_125_550_101, []), ("Bob", 12_125_550_102, [])], into: stored.id)
        for digits in [12_125_550_101, 12_125_550_102] as [Int64] {
            _ = try bench.store.eraseContact(try #require(PhoneNumber(digits: digits)), at: bench.now)
        }
        try await bench.run { client async throws in
            let path = "/api/v1/suppressions?number=%2B12125550101"
            for wrong in [path, "\(path)&confirm=yes"] {
                let refused = try await client.send(.delete, wrong, session)
                #expect(refused.status == .conflict)
                #expect(refused.text.contains("\"erased\"") && refused.text.contains("confirm=erased"))
            }
            let page = try await client.get("/suppressions", session.headers).text
            #expect(page.contains("asked to be erased") && page.contains("value=\"erased\" required"))
            let form = try await client.submit("/suppressions/remove", "number=%2B12125550102&campaign_id=", session)
            #expect(form.status == .conflict)
            #expect(try await client.send(.delete, "\(path)&confirm=erased", session).status == .noContent)
            let sure = try await client.submit(
                "/suppressions/remove", "number=%2B12125550102&campaign_id=&confirm=erased", session)
            #expect(sure.headers[.location] == "/suppressions")
            #expect(try bench.store.auditLog().first?.detail == "of an erased person")
        }
    }

    @Test("the page adds, finds and removes by forms")
    func page() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            #expect(try await client.get("/suppressions", session.headers).text.contains("is empty"))
            let added = try await client.submit("/suppressions", "number=%2B12125550101&campaign_id=", session)
            #expect(added.headers[.location] == "/suppressions")
            let found = try await client.get("/suppressions?q=1212", session.headers).text
            #expect(found.contains("+12125550101") && found.contains("Remove"))
            #expect(try await client.get("/suppressions?q=abc", session.headers).status == .unprocessableContent)
            _ = try await client.submit("/suppressions/remove", "number=%2B12125550101&campaign_id=", session)
            #expect(try await client.get("/suppressions", session.headers).text.contains("is empty"))
        }
    }
}
