import Campaigns
import Foundation
import GRDB
import PhoneNumbers

/// One attempt as reports show it.
public struct AttemptRow: Sendable, Hashable {
    public var attempt: Int64
    /// `campaign`, `preview`, `manual` or `callback`.
    public var kind: String
    public var campaign: String?
    public var campaignID: CampaignID?
    public var list: String?
    public var contact: Int64?
    public var number: PhoneNumber?
    public var station: String
    /// What the phone was told to dial.
    public var dialled: String
    public var agent: String?
    public var pass: Int
    public var phase: String
    public var intendedAt: Instant
    public var commandedAt: Instant?
    public var connectedAt: Instant?
    public var endedAt: Instant?
    public var settledAt: Instant?
    public var outcome: String?
    public var disposition: String?
    /// The class of the disposition, such as `success`.
    public var dispositionClass: String?
    /// What the agent wrote of it.
    public var note: String?
    /// Whether the desk's page was gone when the call was answered.
    public var agentAbsent: Bool
    public var ringMilliseconds: Int64?
    public var talkMilliseconds: Int64?
    public var evidence: Evidence?
    public var zone: String?
    /// The release of the time zone data by which the hours were judged, such as `2026f`; nil for calls of earlier versions.
    public var zoneData: String?
    public var rulePack: String
    public var rulePackVersion: String
    /// Each rule that let the call through, with the facts it used.
    public var allowedBy: [[String]]
    public var followUp: String?

    init(_ row: Row) {
        let instant = { (column: String) in (row[column] as Int64?).map(Instant.init(milliseconds:)) }
        let decoder = JSONDecoder()
        attempt = row["id"]
        kind = row["kind"]
        campaign = row["campaign"]
        campaignID = (row["campaign_id"] as Int64?).map(CampaignID.init)
        list = row["list"]
        contact = row["contact_id"]
        number = PhoneNumber(digits: row["number"])
        station = row["station"]
        dialled = row["dialled"]
        agent = row["agent"]
        pass = row["pass"]
        phase = row["phase"]
        intendedAt = Instant(milliseconds: row["intended_at"])
        commandedAt = instant("commanded_at")
        connectedAt = instant("connected_at")
        endedAt = instant("ended_at")
        settledAt = instant("settled_at")
        outcome = row["outcome"]
        disposition = row["disposition"]
        dispositionClass = row["disposition_class"]
        note = row["note"]
        agentAbsent = row["agent_absent"]
        ringMilliseconds = row["ring_ms"]
        talkMilliseconds = row["talk_ms"]
        evidence = (row["evidence"] as String?).flatMap { try? decoder.decode(Evidence.self, from: Data($0.utf8)) }
        zone = row["zone"]
        zoneData = row["zone_data"]
        rulePack = row["rule_pack"]
        rulePackVersion = row["rule_pack_version"]
        allowedBy = RuleTexts.findings(row)
        followUp = row["follow_up"]
    }

    static let select = select(from: "attempts t")

    /// The same from a join that names the attempts `t`.
    static func select(from attempts: String) -> String {
        """
        SELECT t.*, c.name AS campaign, l.name AS list, r.text AS rule_text FROM \(attempts)
        LEFT JOIN campaigns c ON c.id = t.campaign_id LEFT JOIN lists l ON l.id = t.list_id
        LEFT JOIN rule_texts r ON r.id = t.rule_text_id
        """
    }
}

extension CampaignStore {
    /// Attempts in the order of their intents, handed over one by one; see ``attemptPieces(_:piece:)``.
    public func attempts(campaign: CampaignID? = nil, _ body: (AttemptRow) throws -> Void) throws {
        var filter = AttemptFilter()
        filter.campaigns = campaign.map { [$0] }
        try attempts(filter, body)
    }

    /// Attempts of a filter in the order of their intents, handed over one by one; see ``attemptPieces(_:piece:)``.
    ///
    /// - Parameter body: may take its time: nothing of the database is held while it runs.
    public func attempts(_ filter: AttemptFilter, _ body: (AttemptRow) throws -> Void) throws {
        var pieces = try attemptPieces(filter)
        while let rows = try pieces.next() { try rows.forEach(body) }
    }
}
