import Campaigns
import GRDB

/// The sources of do-not-call entries, inside a transaction of the caller's.
enum SuppressionSources {
    /// Where an entry of a source word belongs: the file that was loaded under that name, else among the single ones of
    /// the scope, which keep the word as a note.
    static func current(
        named name: String, campaign: Int64, at now: Int64, _ database: Database
    ) throws -> (id: Int64, note: String?) {
        let find = try database.cachedStatement(
            sql: "SELECT id FROM suppression_sources WHERE campaign_id = ? AND name = ? AND state = 'current'")
        if !name.isEmpty, let id = try Int64.fetchOne(find, arguments: [campaign, name]) { return (id, nil) }
        if let id = try Int64.fetchOne(find, arguments: [campaign, ""]) { return (id, name) }
        try database.execute(
            sql: "INSERT INTO suppression_sources (name, campaign_id, state, loaded_at) VALUES ('', ?, 'current', ?)",
            arguments: [campaign, now])
        return (database.lastInsertedRowID, name)
    }
}

extension SuppressionSources {
    /// When each named source in a campaign's scope was loaded last.
    static func loaded(campaign: Int64, _ database: Database) throws -> [String: Instant] {
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT name, max(coalesce(renewed_at, loaded_at)) AS at FROM suppression_sources
                    WHERE campaign_id IN (0, ?) AND state = 'current' AND name <> '' GROUP BY name
                    """), arguments: [campaign])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["name"], Instant(milliseconds: $0["at"])) })
    }
}

extension CampaignStore {
    /// When each named source of do-not-call entries in a campaign's scope was loaded last.
    public func registriesLoaded(for campaign: CampaignID) throws -> [String: Instant] {
        try read { try SuppressionSources.loaded(campaign: campaign.value, $0) }
    }

    /// Every current source, the single entries of a scope under the empty name.
    public func suppressionSources() throws -> [SuppressionSource] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT q.*, c.name AS campaign FROM suppression_sources q LEFT JOIN campaigns c ON c.id = q.campaign_id
                    WHERE q.state = 'current' ORDER BY q.campaign_id, q.name
                    """
            ).map(SuppressionSource.init)
        }
    }
}

extension SuppressionSource {
    /// - Parameter row: all columns of a source, and its campaign's name.
    init(_ row: Row) {
        self.init(
            name: row["name"], campaign: row["campaign"], file: row["file"], entries: row["entries"],
            loadedAt: Instant(milliseconds: row["loaded_at"]),
            currentAt: Instant(milliseconds: row["renewed_at"] ?? row["loaded_at"]))
    }
}
