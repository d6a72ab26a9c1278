import CampaignStore
import Campaigns
import HTTPTypes
import Foundation
import HummingbirdTesting
import NIOCore
import PhoneNumbers
import TestSupport
import Testing

@testable import OffhookServer

@Suite("The house's do-not-call list") struct HouseListTests {
    private let path = "/api/v1/suppressions"

    private func people(_ count: Int, _ area: Int64) -> [(name: String, number: Int64, fields: [[String]])] {
        (0..<count).map { ("Ann \($0)", area * 10_000_000 + 5_550_000 + Int64($0), []) }
    }

    @Test("somebody who is limited puts single numbers on it for good, and nothing else")
    func limited() async throws {
        let bench = try ServerBench()
        let own = try bench.campaign("own", "suppression: { registries: [bound] }\n")
        let other = try bench.campaign("other")
        try bench.load(people(3, 1212), into: other.id)
        let session = try await bench.manager(campaigns: [own.id])
        _ = try bench.store.loadSuppressions(
            source: "federal", campaign: nil, replace: true, file: "f", sha256: "", at: bench.now
        ) { try $0.add([13_105_550_000]) }
        let loaded = try #require(try bench.store.suppressionSources().first)
        try await bench.run { client async throws in
            let id = try await client.execute(
                uri: "/api/v1/uploads?name=r.txt", method: .post,
                headers: session.script.with("Content-Type", "application/octet-stream"),
                body: ByteBuffer(string: "+13105550000\n")
            ).value(UploadView.self).id
            let upload = "/api/v1/uploads/\(id)"
            for (method, uri, body) in [
                (.post, path, "{\"number\":\"+1212*\"}"),
                (.post, path, "{\"number\":\"+12125550000\",\"until\":\"2030-01-01\"}"),
                (.post, path, "{\"number\":\"+12125550000\",\"source\":\"federal\"}"),
                (.delete, "\(path)?number=%2B13105550000", nil),
                (.delete, "\(path)?number=%2B13105550000&confirm=contacts", nil),
                (.post, "\(upload)/suppressions", "{\"source\":\"federal\"}"),
                (.post, "\(upload)/suppressions", "{\"source\":\"federal\",\"renew\":true,\"confirm\":true}"),
                (.post, "\(upload)/suppressions", "{\"source\":\"federal\",\"replace\":true}"),
                // By its name alone it would make the registry look young for the campaign.
                (.post, "\(upload)/suppressions", "{\"source\":\"federal\",\"campaign_id\":\(own.id.value)}"),
                (.post, "\(upload)/suppressions", "{\"source\":\"bound\",\"campaign_id\":\(own.id.value)}"),
                (.post, "\(upload)/import", "{\"campaign_id\":\(own.id.value),\"duplicates\":\"everywhere\"}"),
            ] as [(HTTPRequest.Method, String, String?)] {
                let answer = try await client.send(method, uri, session, body)
                #expect(answer.status == .forbidden && answer.code == "limited", "\(uri) \(body ?? ""): \(answer.text)")
            }
            let form = try await client.submit("/suppressions", "number=%2B1212*&campaign_id=", session)
            #expect(form.status == .forbidden)
            #expect(try bench.store.suppressionSources() == [loaded])
            // A wish is honored, and tells nothing of whom it stops.
            let added = try await client.send(.post, path, session, "{\"number\":\"+12125550000\"}")
                .value(SuppressionAddedView.self)
            #expect(added == SuppressionAddedView(number: "+12125550000", isNew: true, contacts: 0))
            let number = try #require(PhoneNumber(digits: 12_125_550_000))
            #expect(try bench.store.contacts(holding: number, at: bench.now).map(\.state) == [.suppressed])
            // In their own campaign they may do all of it.
            let mine = "\"campaign_id\":\(own.id.value)"
            #expect(try await client.send(.post, path, session, "{\"number\":\"+1212*\",\(mine)}").status == .ok)
            let off = try await client.send(
                .delete, "\(path)?number=%2B1212*&campaign_id=\(own.id.value)", session)
            #expect(off.status == .noContent)
            let file = try await client.send(.post, "\(upload)/suppressions", session, "{\(mine),\"has_header\":false}")
            #expect(file.status == .accepted)
        }
    }

    @Test("a page of theirs offers no file for everywhere, and says nothing of others' contacts")
    func limitedPage() async throws {
        let bench = try ServerBench()
        let (own, other) = (try bench.campaign("own"), try bench.campaign("other"))
        try bench.load(people(120, 1212), into: other.id)
        let session = try await bench.manager(campaigns: [own.id])
        try await bench.run { client async throws in
            let page = try await client.get("/suppressions", session.headers).text
            let scope = try #require(page.range(of: "id=\"scope\""))
            #expect(!page[scope.upperBound...].prefix { $0 != "/" }.contains("all campaigns"))
            let done = try await client.submit("/suppressions", "number=%2B12125550003&campaign_id=", session)
            #expect(done.status == .seeOther)
            let flash = done.headers[values: .setCookie].joined().removingPercentEncoding ?? ""
            #expect(!flash.contains("1 contacts"), "\(flash)")
        }
    }

    @Test("what touches more than a hundred contacts asks first and says how many, by program")
    func asks() async throws {
        let bench = try ServerBench()
        let campaign = try bench.campaign("spring")
        try bench.load(people(101, 1212) + people(100, 1214), into: campaign.id)
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let asked = try await client.send(.post, path, session, "{\"number\":\"+1212*\"}")
            #expect(asked.status == .conflict && asked.code == "many_contacts")
            #expect(try asked.value(ProblemDocument.self).contacts == 101)
            #expect(try bench.store.suppressions(beginning: 1_212, limit: 1).isEmpty)
            let meant = try await client.send(.post, path, session, "{\"number\":\"+1212*\",\"confirm\":true}")
            #expect(try meant.value(SuppressionAddedView.self).contacts == 101)
            // A hundred are not asked about, nor what stands there already.
            #expect(try await client.send(.post, path, session, "{\"number\":\"+1214*\"}").status == .ok)
            #expect(try await client.send(.post, path, session, "{\"number\":\"+1212*\"}").status == .ok)
            let off = try await client.send(.delete, "\(path)?number=%2B1212*", session)
            #expect(off.status == .conflict && off.code == "many_contacts")
            #expect(try off.value(ProblemDocument.self).contacts == 101)
            let sure = try await client.send(.delete, "\(path)?number=%2B1212*&confirm=erased,contacts", session)
            #expect(sure.status == .noContent)
            #expect(try await client.send(.delete, "\(path)?number=%2B1212*", session).status == .notFound)
        }
    }

    @Test("a page asks on a page of its own, which does it when it is meant")
    func asksOnPage() async throws {
        let bench = try ServerBench()
        let campaign = try bench.campaign("spring")
        try bench.load(people(101, 1212), into: campaign.id)
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let form = "number=%2B1212*&campaign_id=&until=2030-01-01"
            let asked = try await client.submit("/suppressions", form, session)
            #expect(asked.status == .conflict && asked.text.contains("101 contacts"))
            #expect(asked.text.contains("name=\"until\" value=\"2030-01-01\""))
            #expect(asked.text.contains("name=\"confirm\" value=\"contacts\""))
            #expect(try bench.store.suppressions(beginning: 1_212, limit: 1).isEmpty)
            #expect(try await client.submit("/suppressions", "\(form)&confirm=contacts", session).status == .seeOther)
            let off = try await client.submit("/suppressions/remove", "number=%2B1212*&campaign_id=", session)
            #expect(off.status == .conflict && off.text.contains("action=\"/suppressions/remove\""))
            let done = try await client.submit(
                "/suppressions/remove", "number=%2B1212*&campaign_id=&confirm=contacts", session)
            #expect(done.status == .seeOther)
            #expect(try bench.store.suppressions(beginning: 1_212, limit: 1).isEmpty)
        }
    }

    @Test("a registry is renewed by a handful of known numbers only where that is meant, by program")
    func renewal() async throws {
        let bench = try ServerBench()
        _ = try bench.store.loadSuppressions(
            source: "federal", campaign: nil, replace: true, file: "f", sha256: "", at: bench.now
        ) { try $0.add((0..<200).map { 13_105_550_000 + $0 }) }
        bench.pass(.seconds(20 * 86_400))
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let id = try await client.execute(
                uri: "/api/v1/uploads?name=r.txt", method: .post,
                headers: session.script.with("Content-Type", "application/octet-stream"),
                body: ByteBuffer(string: "+13105550000\n")
            ).value(UploadView.self).id
            let load = { (confirm: Bool) async throws -> SuppressionLoadView? in
                _ = try await client.send(
                    .post, "/api/v1/uploads/\(id)/suppressions", session,
                    "{\"source\":\"federal\",\"renew\":true,\"has_header\":false,\"confirm\":\(confirm)}")
                try await wait(for: "the end of the work") {
                    let state = try await client.send(.get, "/api/v1/uploads/\(id)", session).value(UploadView.self)
                        .state
                    return state == "done" || state == "failed"
                }
                return try await client.send(.get, "/api/v1/uploads/\(id)", session).value(UploadView.self).suppressions
            }
            let age = {
                try await client.send(.get, "/api/v1/suppression-sources", session)
                    .value(SuppressionSourcesView.self).sources.map(\.daysOld)
            }
            let doubted = try await load(false)
            #expect(doubted?.doubt?.contains("200") == true && doubted?.doubt?.contains("1 number") == true)
            #expect(try await age() == [20])
            #expect(try await load(true)?.doubt == nil)
            #expect(try await age() == [0])
        }
    }
}
