import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import PhoneNumbers
import Testing

@testable import OffhookServer

extension ServerBench {
    /// A campaign that is always open, or under a pack.
    ///
    /// - Parameter pack: nil for the region's.
    @discardableResult
    func campaign(_ name: String, _ more: String = "", script: String? = nil, pack: String? = "none") throws
        -> StoredCampaign
    {
        let rules = pack.map { "calling_rules: { pack: \($0) }\n" } ?? ""
        let yaml = "campaign: \(name)\nregion: US\n\(rules)\(more)"
        let campaign = try CampaignFile.read(yaml, file: "campaign.yaml")
        let id = try store.applyCampaign(campaign, yaml: yaml, file: "campaign.yaml", script: script, at: now).id
        return try store.campaign(id)
    }

    /// Contacts of a campaign, each with one number of New York.
    @discardableResult
    func load(_ contacts: [(name: String, number: Int64, fields: [[String]])], into campaign: CampaignID) throws
        -> [ContactID]
    {
        let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
        _ = try store.importList(campaign: campaign, list: "l", file: "l.csv", sha256: "", options: "", at: now) {
            importer in
            for contact in contacts {
                let number = try #require(PhoneNumber(digits: contact.number))
                try importer.add(
                    NewContact(
                        name: contact.name, externalID: nil, priority: 0,
                        numbers: [
                            NewContact.Number(
                                number: number, fileExtension: nil, kind: .mobile, validity: .valid, area: area)
                        ], fields: ContactFields(contact.fields)))
            }
        }
        return try contacts.map { contact in
            let number = try #require(PhoneNumber(digits: contact.number))
            return try #require(try store.cards(holding: number, campaign: campaign).first).contact
        }
    }

    /// The session of a new manager.
    func manager(_ name: String = "mia", campaigns: Set<CampaignID>? = nil) async throws -> BenchSession {
        try session(of: try await user(name, .manager, campaigns: campaigns))
    }
}

extension BenchSession {
    /// What a page's script sends.
    var script: HTTPFields {
        HTTPFields.form.with("Cookie", cookie).with("X-CSRF-Token", csrf).with("Content-Type", "application/json")
    }
}

extension TestClientProtocol {
    /// Sends JSON as a page's script does.
    func send(
        _ method: HTTPRequest.Method, _ uri: String, _ session: BenchSession, _ body: String? = nil,
        ifMatch: String? = nil
    ) async throws -> TestResponse {
        var headers = session.script
        if let ifMatch { headers[.ifMatch] = ifMatch }
        return try await execute(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
    }

    /// Sends a page's form.
    func submit(_ uri: String, _ fields: String, _ session: BenchSession) async throws -> TestResponse {
        try await post(uri, "\(fields)&csrf=\(session.csrf)", session.headers)
    }
}

extension TestResponse {
    /// The word of a problem.
    var code: String? { try? value(ProblemDocument.self).code }
    var detail: String { (try? value(ProblemDocument.self).detail) ?? text }
}

extension String {
    /// As it stands in a form or an address.
    var encoded: String { addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }

    /// As a JSON string.
    var quoted: String { String(decoding: (try? JSONEncoder().encode(self)) ?? Data(), as: UTF8.self) }
}
