import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import Testing

/// A store in a folder of its own with two campaigns that hold the same people, and calls of every kind to them.
final class CalledStore {
    let folder: URL
    let store: CampaignStore
    let now = Instant(milliseconds: 1_773_151_200_000)
    var rules: [CampaignID: EligibilityRules] = [:]
    let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
        for name in ["a", "b"] {
            let yaml = "campaign: \(name)\nregion: US\ncalling_rules: { pack: none }\nretention: 365d\n"
            let campaign = try CampaignFile.read(yaml, file: "c.yaml")
            let id = try store.applyCampaign(campaign, yaml: yaml, file: "c.yaml", script: nil, at: now).id
            try store.setState(.started, of: name, at: now)
            rules[id] = EligibilityRules(campaign: campaign, pack: .none)
            _ = try store.importList(campaign: id, list: "l", file: "l.csv", sha256: "", options: "", at: now) {
                for index in 1...4 { try $0.add(person(index)) }
            }
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func number(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(digits: 12_125_550_100 + Int64(index)))
    }

    func person(_ index: Int) throws -> NewContact {
        NewContact(
            name: "Ada Lovelace \(index)", externalID: "crm-\(index)", priority: 0,
            numbers: [
                NewContact.Number(
                    number: try number(index), fileExtension: nil, kind: .mobile, validity: .valid, area: area)
            ], fields: ContactFields([["City", "Marylebone"]]))
    }

    /// Calls the next contact of the first campaign from intent to settlement.
    @discardableResult
    func call(_ outcome: Outcome, at instant: Instant, wrapUp: Bool = false) throws -> AttemptID {
        let id = try #require(rules.keys.min())
        let attempt = try intend(at: instant)
        let ending = CallEnding(outcome: outcome, endedAt: instant, ring: nil, talk: nil, evidence: Evidence())
        if outcome.isConversation {
            try store.noteSeen(attempt, line: 1, at: instant)
            try store.noteConnected(attempt, line: 1, at: instant)
        }
        if wrapUp {
            try store.beginWrapUp(attempt, ending, until: instant, at: instant)
        }
        try store.settleAttempt(
            attempt, wrapUp ? nil : ending,
            disposition: wrapUp ? Disposition(code: "NI, LATER", label: "x", dispositionClass: .notInterested) : nil,
            rules: rules[id], at: instant)
        return attempt
    }

    func intend(at instant: Instant) throws -> AttemptID {
        let id = try #require(rules.keys.min())
        let reservation = try #require(
            try store.reserveNextContact(
                campaign: id, station: "s", openAreas: store.areas().map(\.id), at: instant))
        let request = IntentRequest(
            reservation: reservation, station: "s", dialled: "1", dialWith: .sendKey, account: 0,
            linesBefore: [LineWord(line: 1, word: "idle")])
        guard case .recorded(let attempt) = try store.recordIntent(request, rules: try #require(rules[id]), at: instant)
        else { throw StoreError.refused("the intent was denied") }
        return attempt
    }
}
