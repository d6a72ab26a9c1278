import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Eligibility
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import PhoneNumbers
import Testing

@testable import OffhookServer

/// A server with two phones, a started campaign of three contacts in New York, and two agents.
struct DeskBench: Sendable {
    static let script = "Good day {{name}}, your plan {{Plan}} ends."
    static let yaml = """
        campaign: spring
        region: US
        calling_rules: { pack: none, windows: { mon-fri: "09:00-20:00" } }
        pause_reasons: [Tea, Coaching]
        dispositions:
          - { code: SALE, label: Sale, class: success }
          - { code: CB, label: Call back, class: callback_agent }
          - { code: NI, label: Not interested, class: not_interested }
        """

    let server: ServerBench
    let campaign: CampaignID
    let rules: EligibilityRules

    init(wishIsListed: Bool = false, zones: [String] = ["America/New_York"]) throws {
        server = try ServerBench()
        try server.phones(["desk-1", "desk-2"])
        let yaml = Self.yaml + (wishIsListed ? "\n  - { code: DNC, label: Do not call, class: do_not_call }" : "")
        let read = try CampaignFile.read(yaml, file: "c.yaml")
        campaign = try server.store.applyCampaign(
            read, yaml: yaml, file: "c.yaml", script: Self.script, at: server.now
        ).id
        rules = EligibilityRules(campaign: read, pack: .none)
        try server.store.setState(.started, of: "spring", at: server.now)
        let area = Area(zones: zones, region: "US", jurisdiction: "US-NY")
        _ = try server.store.importList(
            campaign: campaign, list: "l", file: "l.csv", sha256: "", options: "", at: server.now
        ) { importer in
            for index in 1...3 {
                try importer.add(
                    NewContact(
                        name: "Ada Lovelace \(index)", externalID: nil, priority: 0,
                        numbers: [
                            NewContact.Number(
                                number: try Self.number(index), fileExtension: nil, kind: .mobile, validity: .valid,
                                area: area)
                        ], fields: ContactFields([["Plan", "Gold"]])))
            }
        }
    }

    static func number(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(digits: 12_125_550_100 + Int64(index)))
    }

    /// An agent who sits at a station.
    func agent(_ name: String, at station: String) async throws -> BenchSession {
        let user = try await server.user(name, .agent)
        let session = try server.session(of: user)
        let stored = try #require(try server.store.sessions(of: user.id, idle: .seconds(3600), at: server.now).first)
        try await server.parts.desks.sit(user, at: station, session: stored)
        return session
    }

    /// A call of the next contact that is connected.
    @discardableResult
    func openCall(_ agent: String = "anna", at station: String = "desk-1") throws -> (
        id: AttemptID, attempt: AttemptRow
    ) {
        let store = server.store
        let reservation = try #require(
            try store.reserveNextContact(
                campaign: campaign, station: station, openAreas: store.areas().map(\.id), at: server.now))
        let request = IntentRequest(
            reservation: reservation, station: station, agent: agent, dialled: "1", dialWith: .sendKey, account: 0,
            linesBefore: [LineWord(line: 1, word: "idle")])
        guard case .recorded(let id) = try store.recordIntent(request, rules: rules, at: server.now) else {
            throw StoreError.refused("the intent was denied")
        }
        try store.noteSeen(id, line: 1, at: server.now)
        try store.noteConnected(id, line: 1, at: server.now)
        return (id, try #require(try store.desk(of: station).open?.attempt))
    }

    /// A call that is over, and what was said of it.
    @discardableResult
    func endedCall(
        _ agent: String = "anna", at station: String = "desk-1", saying code: String = "NI", note: String? = nil
    ) throws -> AttemptID {
        let (id, _) = try openCall(agent, at: station)
        try end(id, saying: code, note: note)
        return id
    }

    /// Ends an open call as answered.
    func end(_ id: AttemptID, saying code: String = "NI", note: String? = nil) throws {
        let ending = CallEnding(
            outcome: .answered, endedAt: server.now, ring: .seconds(5), talk: .seconds(61), evidence: Evidence())
        try server.store.settleAttempt(
            id, ending, disposition: rules.campaign.dispositions.first { $0.code == code }, note: note, rules: rules,
            at: server.now)
    }
}

extension TestClientProtocol {
    /// Sends JSON as a page does.
    func send(
        _ method: HTTPRequest.Method, _ uri: String, _ body: String? = nil, as session: BenchSession
    ) async throws -> TestResponse {
        try await execute(
            uri: uri, method: method,
            headers: session.headers.with("X-CSRF-Token", session.csrf).with("Content-Type", "application/json"),
            body: body.map { ByteBuffer(string: $0) })
    }
}

extension TestResponse {
    /// The body as a value.
    func value<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try WireJSON.decoder().decode(type, from: Data(body.readableBytesView))
    }

    /// The problem that the body tells.
    func problem() throws -> ProblemDocument { try value() }
}
