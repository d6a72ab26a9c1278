import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import OffhookServer

/// Lists from the field whose numbers and places are easily misread, through REST.
@Suite("Number and place cases from the field, through REST") struct NumberCaseTests {
    @Test("every row is the contact that was meant, at its place, or is kept aside", arguments: FieldList.all)
    func understood(_ list: FieldList) async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let campaign = try bench.campaign("spring").id.value
        try await bench.run { client async throws in
            let text = try String(contentsOf: list.url, encoding: .utf8)
            let id = try await client.upload(text, session).value(UploadView.self).id
            _ = try await client.send(
                .post, "/api/v1/uploads/\(id)/import", session,
                "{\"campaign_id\":\(campaign),\"region\":\"\(list.region)\"}")
            let done = try await client.finished(id, session)
            let record = try #require(done.importId, "\(done)")
            let quarantine = try await client.send(.get, "/api/v1/imports/\(record)/quarantine", session)
            #expect(done.counts?.quarantined == list.keptAside, "\(String(buffer: quarantine.body))")
            for row in list.added {
                let number = row[0]
                let contact = try await contact(with: number, campaign: campaign, client, session)
                #expect(contact.numbers.map(\.number) == row)
                if let name = list.names[number] { #expect(contact.name == name) }
                if let zones = list.zones[number] {
                    #expect(contact.numbers.first { $0.number == number }?.zones == zones, "\(number)")
                }
            }
            #expect(done.counts?.imported == list.added.count, "\(done)")
            #expect(done.counts.map { $0.imported + $0.duplicates } == list.contacts.count, "\(done)")
        }
    }

    /// The only contact that has a number.
    private func contact(
        with number: String, campaign: Int64, _ client: any TestClientProtocol, _ session: BenchSession
    ) async throws -> ContactView {
        let search = "/api/v1/contacts?q=%2B\(number.dropFirst())&campaign_id=\(campaign)"
        let matches = try await client.send(.get, search, session).value(ContactSearchView.self).contacts
        let match = try #require(matches.first, "nobody has \(number)")
        #expect(matches.count == 1)
        return try await client.send(.get, "/api/v1/contacts/\(match.id)", session).value(ContactView.self)
    }
}
