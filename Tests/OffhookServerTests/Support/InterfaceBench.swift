import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import PhoneNumbers
import Testing

@testable import OffhookServer

/// A server with a campaign, contacts, calls and a token, whose every answer is held against the interface's own document.
struct InterfaceBench: Sendable {
    static let number = "+12125550301"

    let bench: ServerBench
    let campaign: CampaignID
    let headers: HTTPFields
    private let document: JSONValue

    init(role: UserRole = .administrator, scopes: Set<TokenScope> = Set(TokenScope.allCases)) async throws {
        bench = try ServerBench()
        try bench.phones(["desk-1"])
        campaign = try bench.campaignToCall("spring")
        let user = try await bench.user("root", role)
        headers = [.authorization: "Bearer \(try bench.token(of: user, scopes))"]
        document = OpenAPIRoutes.document(bench.server.routes, bench.parts.configuration).json
    }

    /// Asks, and holds the answer against the document.
    func ask(
        _ client: any TestClientProtocol, _ method: HTTPRequest.Method, _ uri: String, _ body: String? = nil,
        ifMatch: String? = nil, as other: HTTPFields? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> TestResponse {
        var headers = other ?? headers
        if body != nil { headers[.contentType] = "application/json" }
        if let ifMatch { headers[.ifMatch] = ifMatch }
        let answer = try await client.execute(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        let path = String(uri.prefix { $0 != "?" })
        for problem in problems(answer, method, path) {
            Issue.record("\(method) \(path) \(answer.status.code): \(problem)", sourceLocation: sourceLocation)
        }
        return answer
    }

    /// What an answer has that the document does not tell.
    private func problems(_ answer: TestResponse, _ method: HTTPRequest.Method, _ path: String) -> [String] {
        guard let operation = operation(method, path) else { return ["no operation in the document"] }
        guard var told = operation["responses"]?["\(answer.status.code)"] else { return ["an answer that is not told"] }
        if case .string(let reference)? = told["$ref"] {
            let name = String(reference.split(separator: "/").last ?? "")
            guard let shared = document["components"]?["responses"]?[name] else {
                return ["\(reference) leads nowhere"]
            }
            told = shared
        }
        guard let content = told["content"] else {
            return answer.body.readableBytes == 0 ? [] : ["a body where none is told"]
        }
        let type = String((answer.headers[.contentType] ?? "").prefix { $0 != ";" })
        guard let schema = content[type]?["schema"] else { return ["a body of the kind “\(type)”"] }
        guard type.hasSuffix("json") else { return [] }
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(answer.body.readableBytesView)) else {
            return ["a body that is no JSON"]
        }
        return SchemaValidator(document: document).problems(value, schema)
    }

    private func operation(_ method: HTTPRequest.Method, _ path: String) -> JSONValue? {
        guard case .object(let paths)? = document["paths"] else { return nil }
        let parts = path.split(separator: "/")
        let fitting = paths.filter { pattern, operations in
            let wanted = pattern.split(separator: "/")
            return wanted.count == parts.count && operations[method.rawValue.lowercased()] != nil
                && zip(wanted, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        // A path without anything that varies goes before one with it.
        return fitting.min { $0.key.filter { $0 == "{" }.count < $1.key.filter { $0 == "{" }.count }?.value[
            method.rawValue.lowercased()]
    }
}

extension ServerBench {
    /// A campaign without rules and with two dispositions.
    func campaignToCall(_ name: String) throws -> CampaignID {
        let yaml = """
            campaign: \(name)
            region: US
            calling_rules: { pack: none }
            dispositions:
              - { code: SALE, label: Sale, class: success }
              - { code: CB, label: Call back, class: callback_any }
              - { code: NI, label: Not interested, class: not_interested }

            """
        return try store.applyCampaign(
            CampaignFile.read(yaml, file: "c.yaml"), yaml: yaml, file: "c.yaml", script: nil, at: now
        ).id
    }

    /// A contact of a campaign that was called and answered.
    ///
    /// - Parameter index: the last digits of its number.
    /// - Returns: the attempt.
    @discardableResult
    func call(_ index: Int64, of campaign: CampaignID, saying code: String? = "NI") throws -> AttemptID {
        let stored = try #require(try store.campaigns().first { $0.id == campaign })
        let number = try #require(PhoneNumber(digits: 12_125_550_000 + index))
        _ = try store.importList(
            ImportRequest(campaign: campaign, list: "l\(index)", file: "l"), at: now
        ) { importer in
            let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
            try importer.add(
                NewContact(
                    name: "Ada", externalID: nil, priority: 0,
                    numbers: [
                        NewContact.Number(
                            number: number, fileExtension: nil, kind: .mobile, validity: .valid, area: area)
                    ], fields: ContactFields([])))
        }
        try store.setState(.started, of: stored.campaign.name, at: now)
        let reservation = try #require(
            try store.reserveNextContact(
                campaign: campaign, station: "desk-1", openAreas: store.areas().map(\.id), at: now))
        let rules = EligibilityRules(campaign: stored.campaign, pack: .none)
        let request = IntentRequest(
            reservation: reservation, station: "desk-1", dialled: "1\(index)", dialWith: .sendKey, account: 0,
            linesBefore: [])
        let recorded = try store.recordIntent(request, rules: rules, at: now)
        guard case .recorded(let attempt) = recorded else {
            throw Problem(.conflict, "the intent was denied: \(recorded)", code: "test")
        }
        let ending = CallEnding(
            outcome: .answered, endedAt: now, ring: .seconds(4), talk: .seconds(30), evidence: Evidence())
        try store.settleAttempt(
            attempt, ending, disposition: try code.map { try stored.campaign.disposition(coded: $0) }, rules: rules,
            at: now)
        return attempt
    }
}
