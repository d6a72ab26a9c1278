import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import PhoneNumbers
import Testing

/// A store in a folder of its own with a campaign, two lists of Texans and one contact of Ontario, and calls to them.
final class CalledCampaign {
    let store: CampaignStore
    let id: CampaignID
    /// Tuesday 2026-03-10, 14:00 UTC: 09:00 in Chicago.
    let start = Instant(milliseconds: 1_773_151_200_000)
    private let folder: URL
    private let rules: EligibilityRules
    static let texas = Area(zones: ["America/Chicago"], region: "US", jurisdiction: "US-TX")
    static let ontario = Area(zones: ["America/Toronto"], region: "CA", jurisdiction: "CA-ON")

    init(contacts: Int = 8) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
        let yaml = "campaign: spring\nregion: US\ncalling_rules: { pack: none }\n"
        let campaign = try CampaignFile.read(yaml, file: "c.yaml")
        id = try store.applyCampaign(campaign, yaml: yaml, file: "c.yaml", script: nil, at: start).id
        try store.setState(.started, of: "spring", at: start)
        rules = EligibilityRules(campaign: campaign, pack: .none)
        for (list, range) in [("march", 1...contacts), ("april", (contacts + 1)...(contacts + 2))] {
            _ = try store.importList(
                campaign: id, list: list, file: "l.csv", sha256: "", options: "", at: start
            ) { importer in
                for index in range {
                    try importer.add(Self.person(index, in: index == 1 ? Self.ontario : Self.texas))
                }
            }
        }
        // Only one list is called, so that the other stays whole.
        try store.setList("april", of: id, paused: true, at: start)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private static func person(_ index: Int, in area: Area) throws -> NewContact {
        NewContact(
            name: "Ada \(index)", externalID: "crm-\(index)", priority: 0,
            numbers: [
                NewContact.Number(
                    number: try #require(PhoneNumber(digits: 12_125_550_100 + Int64(index))), fileExtension: nil,
                    kind: .mobile, validity: .valid, area: area)
            ], fields: ContactFields([]))
    }

    /// Calls the next contact from intent to settlement.
    @discardableResult
    func call(
        _ outcome: Outcome, _ said: DispositionClass? = nil, after minutes: Int64, station: String = "s1",
        agent: String = "ada", ring: Duration = .seconds(8), talk: Duration = .seconds(60)
    ) throws -> AttemptID {
        let now = start + .seconds(minutes * 60)
        let reservation = try #require(
            try store.reserveNextContact(
                campaign: id, station: station, openAreas: store.areas().map(\.id), at: now))
        let request = IntentRequest(
            reservation: reservation, station: station, agent: agent, dialled: "1", dialWith: .sendKey, account: 0,
            linesBefore: [LineWord(line: 1, word: "idle")])
        guard case .recorded(let attempt) = try store.recordIntent(request, rules: rules, at: now) else {
            throw StoreError.refused("the intent was denied")
        }
        if outcome.isConversation {
            try store.noteSeen(attempt, line: 1, at: now)
            try store.noteConnected(attempt, line: 1, at: now)
        }
        let ending = CallEnding(
            outcome: outcome, endedAt: now, ring: ring, talk: outcome.isConversation ? talk : nil, evidence: Evidence())
        try store.settleAttempt(
            attempt, ending,
            disposition: said.map { Disposition(code: $0.rawValue.uppercased(), label: "", dispositionClass: $0) },
            rules: rules, at: now)
        return attempt
    }
}
