import Campaigns
import GRDB
import PhoneNumbers

/// How many contacts a do-not-call entry touches.
public enum SuppressionReach {
    /// So many contacts are touched without being asked about.
    public static let most = 100

    /// - Parameters:
    ///   - scope: the campaign that the entry is limited to; 0 for everywhere.
    ///   - campaigns: whose contacts are counted; nil for all.
    /// - Returns: 0 where the same entry stands in that scope already.
    static func count(
        _ subject: SuppressionSubject, scope: Int64, within campaigns: Set<Int64>?, at now: Int64, _ database: Database
    ) throws -> Int {
        guard try !stands(subject, scope: scope, at: now, database) else { return 0 }
        let counted = scope == 0 ? campaigns : [scope]
        return try ContactNumbers.count(covered: subject, campaigns: counted, database)
    }

    static func stands(
        _ subject: SuppressionSubject, scope: Int64, at now: Int64, _ database: Database
    ) throws -> Bool {
        let (table, column, value) =
            switch subject {
            case .number(let number): ("suppressions", "number", number.digits)
            case .prefix(let prefix): ("suppression_prefixes", "prefix", prefix)
            }
        return try Int.fetchOne(
            database,
            sql: """
                SELECT 1 FROM \(table) s JOIN suppression_sources q ON q.id = s.source_id
                WHERE q.state = 'current' AND q.campaign_id = ? AND s.\(column) = ? AND (s.ends_at IS NULL OR s.ends_at > ?)
                LIMIT 1
                """, arguments: [scope, value, now]) != nil
    }
}

extension CampaignStore {
    /// How many contacts an entry would stop that is not there yet.
    ///
    /// - Parameters:
    ///   - campaign: the campaign that it is limited to; nil for everywhere.
    ///   - visible: whose contacts are counted; nil for all.
    public func contactsStopped(
        by subject: SuppressionSubject, campaign: CampaignID?, visible: Set<CampaignID>? = nil, at now: Instant
    ) throws -> Int {
        try read {
            try SuppressionReach.count(
                subject, scope: campaign?.value ?? 0, within: visible.map { Set($0.map(\.value)) },
                at: now.milliseconds, $0)
        }
    }

    /// Whether an entry is there, in one scope.
    public func stands(_ subject: SuppressionSubject, campaign: CampaignID?, at now: Instant) throws -> Bool {
        try read { try SuppressionReach.stands(subject, scope: campaign?.value ?? 0, at: now.milliseconds, $0) }
    }

    /// How many contacts hold a number that an entry covers.
    ///
    /// - Parameter campaign: the campaign that it is limited to; nil for everywhere.
    public func contacts(coveredBy subject: SuppressionSubject, campaign: CampaignID?) throws -> Int {
        try read { try ContactNumbers.count(covered: subject, campaign: campaign?.value ?? 0, $0) }
    }
}

/// What the last list of changes of each source held.
enum SuppressionRenewals {
    /// How many numbers it held; nil where there was none.
    static func last(of name: String, scope: Int64, _ database: Database) throws -> Int? {
        try Int.fetchOne(
            database, sql: "SELECT numbers FROM suppression_renewals WHERE campaign_id = ? AND name = ?",
            arguments: [scope, name])
    }

    static func note(_ name: String, scope: Int64, numbers: Int, at now: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO suppression_renewals (campaign_id, name, numbers, at) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (campaign_id, name) DO UPDATE SET numbers = ?3, at = ?4
                """, arguments: [scope, name, numbers, now])
    }
}
