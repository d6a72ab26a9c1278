import CallingRules
import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import OffhookServer

@Suite("The page of calling rules") struct RulePageTests {
    @Test("an administrator closes a place and opens it again; the floor shows it, and the audit log has both")
    func closes() async throws {
        let bench = try ServerBench()
        let root = try bench.session(of: try await bench.user("root", .administrator))
        try await bench.run { client async throws in
            let page = try await client.get("/administration/rules", root.headers)
            #expect(page.text.contains("No place is closed."))
            let closed = try await Self.send(
                client,
                "/administration/rules/close",
                ["place": "us-la", "until": "2026-12-31", "source": "Proclamation 41 JBE 2026"], root)
            #expect(closed.status == .seeOther)
            #expect(try bench.store.placeClosures(at: bench.now).map(\.place) == ["US-LA"])
            let floor = try await client.get("/floor", root.headers)
            #expect(floor.text.contains("US-LA is closed to calls until the end of 2026-12-31"))
            let opened = try await Self.send(client, "/administration/rules/open", ["place": "US-LA"], root)
            #expect(opened.status == .seeOther)
            #expect(try bench.store.placeClosures(at: bench.now).isEmpty)
        }
        let log = try bench.store.auditLog().filter { $0.act.hasPrefix("place_") }
        #expect(log.map(\.act) == ["place_opened", "place_closed"])
        #expect(log.map(\.subject) == ["US-LA", "US-LA"])
        #expect(log.last?.detail == "until 2026-12-31: Proclamation 41 JBE 2026")
        #expect(log.allSatisfy { $0.user == "root" })
    }

    @Test(
        "what cannot be closed is refused with what to do, and the form keeps what was typed",
        arguments: [
            (["place": "Louisiana", "until": "2026-12-31", "source": "x"], "is not a place"),
            (["place": "US-Louisiana", "until": "2026-12-31", "source": "x"], "did you mean “US-LA”"),
            (["place": "US-LA", "until": "soon", "source": "x"], "is not a day"),
            (["place": "US-LA", "until": "2025-12-31", "source": "x"], "is over"),
            (["place": "US-LA", "until": "2026-12-31", "source": "  "], "who declared the emergency"),
        ])
    func refused(fields: [String: String], piece: String) async throws {
        let bench = try ServerBench()
        let root = try bench.session(of: try await bench.user("root", .administrator))
        try await bench.run { client async throws in
            let answer = try await Self.send(client, "/administration/rules/close", fields, root)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains(piece))
            #expect(answer.text.contains("value=\"\(fields["until"] ?? "")\""))
        }
        #expect(try bench.store.placeClosures(at: bench.now).isEmpty)
    }

    @Test("a manager sees the closure on the floor and may not change it")
    func manager() async throws {
        let bench = try ServerBench()
        let manager = try bench.session(of: try await bench.user("mia", .manager))
        try await bench.run { client async throws in
            #expect(try await client.get("/administration/rules", manager.headers).status == .forbidden)
            let answer = try await Self.send(
                client,
                "/administration/rules/close",
                ["place": "US-LA", "until": "2026-12-31", "source": "x"], manager)
            #expect(answer.status == .forbidden)
        }
    }

    private static func send(
        _ client: any TestClientProtocol, _ path: String, _ fields: [String: String], _ session: BenchSession
    ) async throws -> TestResponse {
        let encoded = fields.merging(["csrf": session.csrf]) { own, _ in own }.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }
        return try await client.post(path, encoded.joined(separator: "&"), session.headers)
    }
}
