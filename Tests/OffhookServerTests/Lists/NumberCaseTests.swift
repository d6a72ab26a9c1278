import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import OffhookServer

/// Lists from the field whose numbers and places are easily misread, through REST.
@Suite("Number and place cases from the field, through REST") struct NumberCaseTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("FieldCases")

    @Test(
        "the first rows are understood as they were meant",
        arguments: [
            (
                "de-e164-without-plus/de_noplus.csv", "DE",
                ["+497219123456", "+49775591155", "+498991234567", "+4915191234567"]
            ),
            ("vicidial-phone-code/phonecode.csv", "US", ["+442079460958", "+61412345678", "+12125550143"]),
            ("it-zero-lost/it.csv", "IT", ["+390108480161"]),
            ("fr-overseas-national/fr_om.csv", "FR", ["+590590301234", "+262692112233", "+596696201234"]),
            ("excel-formula-text/formula.csv", "GB", ["+442079460958"]),
            ("two-numbers-one-cell-joined/two.csv", "US", ["+12125550143", "+12125550144"]),
            ("google-contacts/google_new.csv", "US", ["+12125550143"]),
            ("us-territories/terr.csv", "US", ["+17875550143"]),
        ])
    func understood(_ name: String, region: String, numbers: [String]) async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let campaign = try bench.campaign("spring").id.value
        try await bench.run { client async throws in
            let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
            let id = try await client.upload(text, session).value(UploadView.self).id
            let look = try await client.send(
                .post, "/api/v1/uploads/\(id)/look", session, "{\"campaign_id\":\(campaign),\"region\":\"\(region)\"}"
            ).value(LookView.self)
            let read = look.rows.flatMap(\.numbers)
            for number in numbers { #expect(read.contains(number), "\(number) is not among \(read)") }
        }
    }
}
