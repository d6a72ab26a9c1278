import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import OffhookServer

@Suite("Lists through uploads") struct UploadTests {
    static let csv = """
        Full Name;Mobile No;City
        Ann Smith;212-555-0123;New York
        Bob Jones;(212) 555-0124;Albany
        Nobody;not a number;Utica
        Ann again;+1 212 555 0123;New York
        """

    @Test("a file is sent, looked at, mended, tried and imported; the quarantine can be fetched, and it is undone")
    func whole() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let campaign = try bench.campaign("spring").id.value
        try await bench.run { client async throws in
            let sent = try await client.upload(Self.csv, session)
            #expect(sent.status == .created, "\(sent.text)")
            let id = try sent.value(UploadView.self).id
            let look = try await client.send(
                .post, "/api/v1/uploads/\(id)/look", session, "{\"campaign_id\":\(campaign)}"
            ).value(LookView.self)
            #expect(look.delimiter.contains("semicolon") && look.hasHeader && look.isWhole)
            #expect(look.columns.map(\.field) == ["name", "phone", "custom:City"])
            #expect(look.rows.first?.numbers == ["+12125550123"])
            #expect(look.problems.map(\.rows) == [1])
            let plan =
                "\"campaign_id\":\(campaign),\"list\":\"leads\",\"map\":[{\"column\":\"City\",\"field\":\"custom:Town\"}]"
            let tried = try await client.send(
                .post, "/api/v1/uploads/\(id)/import", session, "{\(plan),\"dry_run\":true}")
            #expect(tried.status == .accepted, "\(tried.text)")
            let rehearsal = try await client.finished(id, session)
            #expect(rehearsal.counts?.imported == 2 && rehearsal.counts?.quarantined == 1)
            #expect(rehearsal.counts?.duplicates == 1 && rehearsal.importId == nil)
            #expect(try bench.store.imports().isEmpty)
            _ = try await client.send(.post, "/api/v1/uploads/\(id)/import", session, "{\(plan)}")
            let done = try await client.finished(id, session)
            let record = try #require(done.importId, "\(done)")
            #expect(done.counts?.imported == 2 && done.hasQuarantine == true)
            let quarantine = try await client.send(.get, "/api/v1/uploads/\(id)/quarantine", session)
            #expect(quarantine.text.contains("Nobody;not a number;Utica"))
            #expect(quarantine.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            let recorded = try await client.send(.get, "/api/v1/imports/\(record)/quarantine", session)
            #expect(recorded.text.contains("not a number"))
            let list = try #require(
                try await client.send(.get, "/api/v1/lists", session).value(ListsView.self).lists.first)
            #expect(list.name == "leads" && list.contacts == 2)
            #expect(try bench.store.fieldNames(campaign: CampaignID(campaign)) == ["Town"])
            let undone = try await client.send(.post, "/api/v1/imports/\(record)/undo", session)
            #expect(try undone.value(UndoneView.self).contacts == 2)
            #expect(try await client.send(.post, "/api/v1/imports/\(record)/undo", session).status == .conflict)
            let acts = try bench.store.auditLog().map(\.act)
            #expect(acts.contains("list_imported") && acts.contains("import_undone"))
        }
    }

    @Test("what cannot be imported is said, and nothing is stored")
    func trouble() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let campaign = try bench.campaign("spring").id.value
        try await bench.run { client async throws in
            #expect(try await client.upload("", session).status == .unprocessableContent)
            let id = try await client.upload("city,colour\nEly,red\n", session).value(UploadView.self).id
            let look = try await client.send(
                .post, "/api/v1/uploads/\(id)/look", session, "{\"campaign_id\":\(campaign)}")
            #expect(look.status == .unprocessableContent)
            #expect(look.detail.contains("phone numbers"))
            _ = try await client.send(.post, "/api/v1/uploads/\(id)/import", session, "{\"campaign_id\":\(campaign)}")
            let failed = try await client.finished(id, session)
            #expect(failed.state == "failed" && failed.failure?.contains("phone numbers") == true)
            for (field, body) in [
                ("duplicates", "\"duplicates\":\"nowhere\""), ("on_duplicate", "\"on_duplicate\":\"merge\""),
                ("map", "\"map\":[{\"column\":\"a\",\"field\":\"name\"},{\"column\":\"a\",\"field\":\"phone\"}]"),
                ("region", "\"region\":\"XX\""), ("delimiter", "\"delimiter\":\"dot\""),
                ("encoding", "\"encoding\":\"ebcdic\""),
            ] {
                let answer = try await client.send(
                    .post, "/api/v1/uploads/\(id)/look", session, "{\"campaign_id\":\(campaign),\(body)}")
                #expect(answer.status == .unprocessableContent, "\(field)")
            }
            #expect(try await client.send(.get, "/api/v1/uploads/guess", session).status == .notFound)
            #expect(try bench.store.lists().isEmpty)
        }
    }

    @Test("a file over the limit is refused while it comes, and nothing of it stays")
    func limit() async throws {
        let bench = try ServerBench(uploadLimit: 1000)
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let answer = try await client.upload(String(repeating: "1", count: 1001), session)
            #expect(answer.status == .contentTooLarge)
            let kept = (try? FileManager.default.contentsOfDirectory(atPath: bench.store.path + ".uploads")) ?? []
            #expect(kept.isEmpty)
            #expect(try await client.upload(String(repeating: "1", count: 1000), session).status == .created)
        }
    }

    @Test("an upload is its sender's alone, and goes into no campaign that its sender may not see")
    func owners() async throws {
        let bench = try ServerBench()
        let (own, other) = (try bench.campaign("own"), try bench.campaign("other"))
        let session = try await bench.manager("mia", campaigns: [own.id])
        let stranger = try await bench.manager("max")
        try await bench.run { client async throws in
            let id = try await client.upload(Self.csv, session).value(UploadView.self).id
            #expect(try await client.send(.get, "/api/v1/uploads/\(id)", stranger).status == .notFound)
            let wrong = try await client.send(
                .post, "/api/v1/uploads/\(id)/import", session, "{\"campaign_id\":\(other.id.value)}")
            #expect(wrong.status == .notFound)
            #expect(try await client.send(.delete, "/api/v1/uploads/\(id)", session).status == .noContent)
            #expect(try await client.send(.get, "/api/v1/uploads/\(id)", session).status == .notFound)
        }
    }

    @Test("a file name is shown, and never a path", arguments: ["..%2F..%2Fetc%2Fpasswd", "a%5Cb%5Cpasswd"])
    func fileNames(name: String) async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let view = try await client.upload(Self.csv, session, name: name).value(UploadView.self)
            #expect(view.name == "passwd")
        }
    }

    @Test(
        "a registry's file replaces what its source held; one with lines that cannot be read does not, unless told to")
    func registry() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let load = { (text: String, body: String) async throws -> UploadView in
                let id = try await client.upload(text, session, name: "registry.txt").value(UploadView.self).id
                _ = try await client.send(.post, "/api/v1/uploads/\(id)/suppressions", session, "{\(body)}")
                return try await client.finished(id, session)
            }
            let first = try await load("+12125550101\n+12125550102\n", "\"source\":\"R\",\"has_header\":false")
            #expect(first.suppressions?.added == 2, "\(first)")
            let bad = try await load(
                "+12125550103\nhello\n", "\"source\":\"R\",\"replace\":true,\"has_header\":false")
            #expect(bad.suppressions?.isLoaded == false && bad.suppressions?.unread == 1)
            let accepted = try await load(
                "+12125550103\nhello\n",
                "\"source\":\"R\",\"replace\":true,\"accept_unread\":true,\"has_header\":false")
            #expect(accepted.suppressions?.replaced == 2)
            let sources = try await client.send(.get, "/api/v1/suppression-sources", session)
                .value(SuppressionSourcesView.self).sources
            #expect(sources.map(\.entries) == [1] && sources.first?.daysOld == 0)
        }
    }
}
