import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import PhoneNumbers
import TestSupport
import Testing

@testable import OffhookServer

/// The same lists and registries through REST.
@Suite("Do-not-call cases from the field, through REST") struct DoNotCallCaseTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("FieldCases")

    private func send(
        _ name: String, _ client: any TestClientProtocol, _ session: BenchSession
    ) async throws -> String {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent(name))
        return try await client.upload(String(decoding: data, as: UTF8.self), session).value(UploadView.self).id
    }

    private func number(_ digits: Int64) throws -> PhoneNumber { try #require(PhoneNumber(digits: digits)) }

    @Test("a flagged contact is suppressed, counted and recorded; undone with its entries, it is free again")
    func flagged() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let campaign = try bench.campaign("spring").id.value
        try await bench.run { client async throws in
            let id = try await send("do-not-call-column/sf.csv", client, session)
            let look = try await client.send(
                .post, "/api/v1/uploads/\(id)/look", session, "{\"campaign_id\":\(campaign)}"
            ).value(LookView.self)
            #expect(look.columns.first { $0.header == "Do Not Call" }?.field == "do_not_call")
            let mail = try #require(look.columns.firstIndex { $0.header == "Has Opted Out Of Email" })
            #expect(look.columns[mail].optOut == "e-mail" && look.columns[mail].field.hasPrefix("custom:"))
            _ = try await client.send(
                .post, "/api/v1/uploads/\(id)/import", session, "{\"campaign_id\":\(campaign)}")
            let done = try await client.finished(id, session)
            #expect(done.counts?.doNotCall == 2 && done.counts?.doNotCallEntries == 3, "\(done)")
            #expect(try bench.store.isSuppressed(number(19_175_550_144), campaign: nil, at: bench.now))
            let record = try #require(done.importId)
            let stored = try await client.send(.get, "/api/v1/imports/\(record)", session).value(ImportView.self)
            #expect(stored.counts.doNotCall == 2 && stored.counts.letThrough == 0)
            let undone = try await client.send(
                .post, "/api/v1/imports/\(record)/undo?with_do_not_call=true", session
            ).value(UndoneView.self)
            #expect(undone.contacts == 3 && undone.doNotCall == 3)
            #expect(try !bench.store.isSuppressed(number(19_175_550_144), campaign: nil, at: bench.now))
        }
    }

    @Test("a column that is kept as a field by choice lets people through, and says so")
    func letThrough() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let campaign = try bench.campaign("spring").id.value
        try await bench.run { client async throws in
            let id = try await send("do-not-call-column/sf.csv", client, session)
            let plan =
                "{\"campaign_id\":\(campaign),\"map\":[{\"column\":\"Do Not Call\",\"field\":\"custom:DNC\"}]}"
            _ = try await client.send(.post, "/api/v1/uploads/\(id)/import", session, plan)
            let done = try await client.finished(id, session)
            #expect(done.counts?.letThrough == 2 && done.counts?.doNotCall == 0)
            #expect(done.look?.notes.contains { $0.contains("2 rows ask not to be called in “Do Not Call”") } == true)
            #expect(
                try await client.send(
                    .post, "/api/v1/uploads/\(id)/look", session,
                    "{\"campaign_id\":\(campaign),\"do_not_call\":\"all\"}"
                ).status == .unprocessableContent)
        }
    }

    @Test("a manager of some campaigns speaks for these, and not for the house")
    func limited() async throws {
        let bench = try ServerBench()
        let campaign = try bench.campaign("spring").id
        let session = try await bench.manager(campaigns: [campaign])
        try await bench.run { client async throws in
            let id = try await send("do-not-call-column/sf.csv", client, session)
            let refused = try await client.send(
                .post, "/api/v1/uploads/\(id)/import", session,
                "{\"campaign_id\":\(campaign.value),\"do_not_call\":\"house\"}")
            #expect(refused.status == .forbidden)
            _ = try await client.send(
                .post, "/api/v1/uploads/\(id)/import", session, "{\"campaign_id\":\(campaign.value)}")
            #expect(try await client.finished(id, session).counts?.doNotCallEntries == 3)
            #expect(try bench.store.isSuppressed(number(12_125_550_144), campaign: campaign, at: bench.now))
            #expect(try !bench.store.isSuppressed(number(12_125_550_144), campaign: nil, at: bench.now))
        }
    }

    @Test(
        "registries and results of washing are taken by their numbers",
        arguments: [
            ("dnc-hk-dates/hk_dates.txt", "HK", 4, 0), ("dnc-result-flags/au_wash_h.csv", "AU", 2, 2),
            ("dnc-result-flags/data8.csv", "GB", 2, 1), ("dnc-table-area-code/dnc_table.csv", "US", 3, 0),
            ("dnc-xml/ca_dncl.xml", "CA", 5, 0), ("do-not-call-column/sf.csv", "US", 3, 1),
        ])
    func registries(_ name: String, region: String, added: Int, unflagged: Int) async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let id = try await send(name, client, session)
            _ = try await client.send(
                .post, "/api/v1/uploads/\(id)/suppressions", session,
                "{\"source\":\"registry\",\"region\":\"\(region)\",\"replace\":true}")
            let done = try #require(try await client.finished(id, session).suppressions)
            #expect(done.added == added && done.unflagged == unflagged && done.unread == 0, "\(done)")
        }
    }

    @Test("a list of changes takes off what it says")
    func changes() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            for (name, how) in [("us_full.txt", "replace"), ("us_change.txt", "renew")] {
                let id = try await send("dnc-change-list/\(name)", client, session)
                _ = try await client.send(
                    .post, "/api/v1/uploads/\(id)/suppressions", session, "{\"source\":\"us-dnc\",\"\(how)\":true}")
                let done = try #require(try await client.finished(id, session).suppressions)
                #expect(done.removed == (how == "renew" ? 1 : 0), "\(done)")
            }
            #expect(try !bench.store.isSuppressed(number(12_025_550_145), campaign: nil, at: bench.now))
        }
    }
}
