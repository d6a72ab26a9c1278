import CallingRules
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import RetryPolicy
import Testing

@testable import CampaignStore

/// A store with campaigns and contacts, for tests of rules that look across them.
final class RuleBench {
    /// 10 March 2026, 14:00 UTC: a Tuesday, 10:00 in New York.
    var now = Instant(milliseconds: 1_773_151_200_000)
    let store: CampaignStore
    var area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")

    init() throws {
        let folder = FileManager.default.temporaryDirectory
        store = try CampaignStore(path: folder.appendingPathComponent("offhook-\(UUID().uuidString).db").path)
    }

    deinit {
        try? store.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store.path + suffix) }
    }

    func campaign(
        _ name: String, _ more: String = "", pack: RulePack = .none
    ) throws -> (id: CampaignID, rules: EligibilityRules) {
        let rules = more.contains("calling_rules") ? "" : "calling_rules: { pack: none }\n"
        let yaml = "campaign: \(name)\nregion: US\n\(rules)\(more)"
        let campaign = try CampaignFile.read(yaml, file: "c.yaml")
        let id = try store.applyCampaign(campaign, yaml: yaml, file: "c.yaml", script: nil, at: now).id
        try store.setState(.started, of: name, at: now)
        return (id, EligibilityRules(campaign: campaign, pack: pack))
    }

    func number(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(digits: 12_125_550_100 + Int64(index)))
    }

    /// - Parameter columns: of the list that become fields; without any, whatever the fields are.
    func load(
        _ contacts: [[Int]], into id: CampaignID, list: String = "l", columns: [String] = [], fields: [[String]] = []
    ) throws {
        let request = ImportRequest(campaign: id, list: list, file: "l", columns: columns)
        _ = try store.importList(request, at: now) { importer in
            for numbers in contacts {
                try importer.add(
                    NewContact(
                        name: nil, externalID: nil, priority: 0,
                        numbers: numbers.map {
                            NewContact.Number(
                                number: try number($0), fileExtension: nil, kind: .mobile, validity: .valid, area: area)
                        }, fields: ContactFields(fields)))
            }
        }
    }

    func reserve(_ id: CampaignID, station: String = "s", agent: String? = nil, grace: Duration = .zero) throws
        -> Reservation?
    {
        try store.reserveNextContact(
            campaign: id, station: station, agent: agent, openAreas: store.areas().map(\.id), grace: grace, at: now)
    }

    func intend(_ reservation: Reservation, _ rules: EligibilityRules, agent: String? = nil) throws -> IntentResult {
        try store.recordIntent(
            IntentRequest(
                reservation: reservation, station: "s", agent: agent, dialled: "1", dialWith: .sendKey, account: 0,
                linesBefore: []), rules: rules, at: now)
    }

    /// Reserves, intends and settles one call; nil where a rule denied it.
    @discardableResult
    func call(
        _ campaign: (id: CampaignID, rules: EligibilityRules), _ outcome: Outcome, _ said: DispositionClass? = nil,
        callback: CallbackTime? = nil, agent: String? = nil
    ) throws -> RetryDecision? {
        let reservation = try #require(try reserve(campaign.id, agent: agent))
        guard case .recorded(let attempt) = try intend(reservation, campaign.rules, agent: agent) else { return nil }
        let ending = CallEnding(outcome: outcome, endedAt: now, ring: nil, talk: nil, evidence: Evidence())
        return try store.settleAttempt(
            attempt, ending, disposition: said.map { Disposition(code: "X", label: "x", dispositionClass: $0) },
            callback: callback, rules: campaign.rules, at: now)
    }

    /// What the rules say of a number in a campaign now.
    func verdict(_ index: Int, _ campaign: (id: CampaignID, rules: EligibilityRules)) throws -> EligibilityVerdict {
        let name = campaign.rules.campaign.name
        let history = try #require(try store.contacts(holding: number(index), at: now).first { $0.campaign == name })
        return Eligibility.evaluate(
            history.facts, under: campaign.rules, at: now, margin: .seconds(25), claimed: false)
    }
}
