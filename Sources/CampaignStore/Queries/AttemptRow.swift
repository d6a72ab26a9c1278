import Campaigns
import Foundation
import GRDB
import PhoneNumbers

/// One attempt as reports show it.
public struct AttemptRow: Sendable, Hashable {
    public var attempt: Int64
    public var campaign: String?
    public var list: String?
    public var contact: Int64?
    public var number: PhoneNumber?
    public var station: String
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
    public var ringMilliseconds: Int64?
    public var talkMilliseconds: Int64?
    public var evidence: Evidence?
    public var zone: String?
    public var rulePack: String
    public var rulePackVersion: String
    /// Each rule that let the call through, with the facts it used.
    public var allowedBy: [[String]]
    public var followUp: String?
    /// What its agent wrote down.
    public var note: String?

    init(_ row: Row) {
        let instant = { (column: String) in (row[column] as Int64?).map(Instant.init(milliseconds:)) }
        let decoder = JSONDecoder()
        attempt = row["id"]
        campaign = row["campaign"]
        list = row["list"]
        contact = row["contact_id"]
        number = PhoneNumber(digits: row["number"])
        station = row["station"]
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
        ringMilliseconds = row["ring_ms"]
        talkMilliseconds = row["talk_ms"]
        evidence = (row["evidence"] as String?).flatMap { try? decoder.decode(Evidence.self, from: Data($0.utf8)) }
        zone = row["zone"]
        rulePack = row["rule_pack"]
        rulePackVersion = row["rule_pack_version"]
        allowedBy = (try? decoder.decode([[String]].self, from: Data((row["allowed_by"] as String).utf8))) ?? []
        followUp = row["follow_up"]
        note = row["note"]
    }

    static let select = """
        SELECT t.*, c.name AS campaign, l.name AS list FROM attempts t
        LEFT JOIN campaigns c ON c.id = t.campaign_id LEFT JOIN lists l ON l.id = t.list_id
        """
}

extension CampaignStore {
    /// Attempts in the order of their intents, handed over one by one so that a long report needs little memory.
    public func attempts(campaign: CampaignID? = nil, _ body: (AttemptRow) throws -> Void) throws {
        try read { database in
            let rows = try Row.fetchCursor(
                database, sql: "\(AttemptRow.select) WHERE ?1 IS NULL OR t.campaign_id = ?1 ORDER BY t.id",
                arguments: [campaign?.value])
            while let row = try rows.next() { try body(AttemptRow(row)) }
        }
    }
}
