import Campaigns
import GRDB
import PhoneNumbers

/// Asks the do-not-call list about many numbers of one campaign within one transaction: one probe a source, and prefixes
/// held in memory, since there are few.
final class SuppressionProbe {
    private let entries: [BulkStatement]
    private let prefixes: Set<Int64>

    init(_ database: Database, campaign: Int64, at now: Int64) throws {
        let sources = try Int64.fetchAll(
            database,
            sql: "SELECT id FROM suppression_sources WHERE state = 'current' AND campaign_id IN (0, ?) AND entries > 0",
            arguments: [campaign])
        entries = try sources.map { source in
            try BulkStatement(
                database,
                """
                SELECT 1 FROM suppressions WHERE source_id = \(source) AND number = ?1
                AND (ends_at IS NULL OR ends_at > \(now))
                """)
        }
        prefixes = try Int64.fetchSet(
            database,
            sql: """
                SELECT p.prefix FROM suppression_prefixes p JOIN suppression_sources q ON q.id = p.source_id
                WHERE q.state = 'current' AND q.campaign_id IN (0, ?) AND (p.ends_at IS NULL OR p.ends_at > ?)
                """, arguments: [campaign, now])
    }

    /// Whether an entry covers a number, as E.164 digits.
    func covers(_ number: Int64) throws -> Bool {
        if !prefixes.isEmpty {
            var prefix = number
            while prefix > 0 {
                if prefixes.contains(prefix) { return true }
                prefix /= 10
            }
        }
        for statement in entries {
            statement.bind(number, at: 1)
            if try statement.first() != nil { return true }
        }
        return false
    }
}

extension CampaignStore {
    /// Which of many numbers must not be called, asked in one read: a probe each, where ``isSuppressed(_:campaign:at:)``
    /// takes a read each.
    ///
    /// - Parameter campaign: whose own entries count as well; nil for those that hold everywhere.
    public func suppressed(
        among numbers: some Sequence<PhoneNumber>, campaign: CampaignID?, at now: Instant
    ) throws -> Set<PhoneNumber> {
        try read { database in
            let probe = try SuppressionProbe(database, campaign: campaign?.value ?? 0, at: now.milliseconds)
            var found: Set<PhoneNumber> = []
            for number in numbers where try probe.covers(number.digits) { found.insert(number) }
            return found
        }
    }
}
