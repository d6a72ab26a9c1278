import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import OffhookServer

@Suite("Attempts in the interface") struct AttemptResourceTests {
    private func ids(_ answer: TestResponse) throws -> [Int64] {
        try WireJSON.decoder().decode(AttemptList.self, from: Data(answer.body.readableBytesView)).items.map(\.id)
    }

    @Test("the list comes the latest first, piece by piece, without a gap and without a repetition")
    func pages() async throws {
        let bench = try await InterfaceBench()
        for index in 1...5 { try bench.bench.call(Int64(300 + index), of: bench.campaign) }
        try await bench.bench.run { client async throws in
            var seen: [Int64] = []
            var uri: String? = "/api/v1/attempts?limit=2"
            while let next = uri {
                let answer = try await bench.ask(client, .get, next)
                seen += try ids(answer)
                let list = try WireJSON.decoder().decode(AttemptList.self, from: Data(answer.body.readableBytesView))
                uri = list.next.map { "/api/v1/attempts?limit=2&cursor=\($0)" }
            }
            #expect(seen == [5, 4, 3, 2, 1])
        }
    }

    @Test("filters narrow it; what cannot be taken is named")
    func filters() async throws {
        let bench = try await InterfaceBench()
        let other = try bench.bench.campaignToCall("autumn")
        try bench.bench.call(301, of: bench.campaign, saying: "SALE")
        bench.bench.pass(.seconds(60))
        try bench.bench.call(302, of: other)
        let later = bench.bench.now.iso8601
        try await bench.bench.run { client async throws in
            for (query, expected) in [
                ("campaign=spring", [1]), ("campaign=autumn", [2]), ("number=%2B12125550302", [2]),
                ("disposition=SALE", [1]), ("outcome=answered", [2, 1]), ("outcome=no_answer", []),
                ("station=desk-1", [2, 1]), ("station=desk-9", []), ("since=\(later)", [2]), ("until=\(later)", [1]),
                ("is_settled=false", []), ("contact=1", [1]),
            ] as [(String, [Int64])] {
                let answer = try await bench.ask(client, .get, "/api/v1/attempts?\(query)")
                #expect(try ids(answer) == expected, "\(query)")
            }
            for query in [
                "outcome=happy", "since=yesterday", "limit=0", "limit=x", "cursor=x", "number=12", "contact=-1",
                "is_settled=perhaps",
            ] {
                let answer = try await bench.ask(client, .get, "/api/v1/attempts?\(query)")
                #expect(answer.status == .unprocessableContent, "\(query)")
                #expect(answer.text.contains("\"fields\""), "\(query)")
            }
            #expect(try await bench.ask(client, .get, "/api/v1/attempts?campaign=none").status == .notFound)
            #expect(try await bench.ask(client, .get, "/api/v1/attempts/99").status == .notFound)
            #expect(try await bench.ask(client, .get, "/api/v1/attempts/%00").status == .unprocessableContent)
        }
    }

    @Test("a disposition is changed only by whoever saw what is there: 428 without If-Match, 412 with an old one")
    func change() async throws {
        let bench = try await InterfaceBench()
        try bench.bench.call(301, of: bench.campaign, saying: "NI")
        let path = "/api/v1/attempts/1"
        let body = #"{"disposition":"SALE","note":"two seats"}"#
        try await bench.bench.run { client async throws in
            let tag = try #require(try await bench.ask(client, .get, path).headers[.eTag])
            #expect(try await bench.ask(client, .patch, path, body).status == .preconditionRequired)
            #expect(try await bench.ask(client, .patch, path, body, ifMatch: "\"old\"").status == .preconditionFailed)
            let changed = try await bench.ask(client, .patch, path, body, ifMatch: tag)
            #expect(changed.status == .ok)
            #expect(changed.text.contains("\"disposition\":\"SALE\"") && changed.text.contains("two seats"))
            #expect(try await bench.ask(client, .patch, path, body, ifMatch: tag).status == .preconditionFailed)
            let unknown = try await bench.ask(client, .patch, path, #"{"disposition":"WOW"}"#, ifMatch: "*")
            #expect(unknown.status == .conflict && unknown.text.contains("SALE (Sale)"))
            let callback = #"{"disposition":"CB","callback":"soon"}"#
            #expect(try await bench.ask(client, .patch, path, callback, ifMatch: "*").status == .unprocessableContent)
            // Last year's May, where this year's is meant; and the time under a name that the body does not have.
            let over = try await bench.ask(
                client, .patch, path, #"{"disposition":"CB","callback":"2025-05-12 10:00"}"#, ifMatch: "*")
            #expect(over.status == .conflict && over.text.contains("did you mean 2026-05-12?"), "\(over.text)")
            let astray = try await bench.ask(
                client, .patch, path, #"{"disposition":"CB","callback_at":"2026-05-12 10:00"}"#, ifMatch: "*")
            #expect(astray.status == .unprocessableContent && astray.text.contains("callback_at"), "\(astray.text)")
            let none = #"{"disposition":"SALE","callback":"2026-11-25 15:30"}"#
            #expect(try await bench.ask(client, .patch, path, none, ifMatch: "*").status == .conflict)
        }
        #expect(try bench.bench.store.attempt(AttemptID(1)).note == "two seats")
        #expect(try bench.bench.store.auditLog().first?.act == "disposition_changed")
    }

    @Test("a limited manager sees the calls of their campaigns alone, and changes no others")
    func limited() async throws {
        let bench = try await InterfaceBench()
        let other = try bench.bench.campaignToCall("autumn")
        try bench.bench.call(301, of: bench.campaign)
        try bench.bench.call(302, of: other)
        let mia = try await bench.bench.user("mia", .manager, campaigns: [bench.campaign])
        let headers: HTTPFields = [
            .authorization: "Bearer \(try bench.bench.token(of: mia, Set(TokenScope.allCases)))"
        ]
        try await bench.bench.run { client async throws in
            #expect(try ids(try await bench.ask(client, .get, "/api/v1/attempts", as: headers)) == [1])
            #expect(try await bench.ask(client, .get, "/api/v1/attempts/2", as: headers).status == .notFound)
            let hidden = try await bench.ask(client, .get, "/api/v1/attempts?campaign=autumn", as: headers)
            #expect(hidden.status == .notFound && !hidden.text.contains("did you mean"))
            let change = try await bench.ask(
                client, .patch, "/api/v1/attempts/2", #"{"disposition":"SALE"}"#, ifMatch: "*", as: headers)
            #expect(change.status == .notFound)
            let known = try await bench.ask(client, .get, "/api/v1/numbers/+12125550302", as: headers)
            #expect(known.status == .ok && !known.text.contains("autumn"))
            let why = try await bench.ask(client, .get, "/api/v1/numbers/+12125550302/why", as: headers)
            #expect(why.status == .ok && !why.text.contains("autumn"))
            let report = try await bench.ask(client, .get, "/api/v1/reports/attempts", as: headers)
            #expect(!report.text.contains("autumn") && report.text.contains("spring"))
        }
    }
}
