import Campaigns
import GRDB

/// A place where entries come from, by what stays the same when its file is replaced.
private struct SuppressionPlace {
    var scope: Int64
    var name: String
}

extension CampaignStore {
    /// Entries by number, handed over one by one; prefixes first.
    ///
    /// They are read in pieces, and nothing of the database is held while `body` runs, however long that takes: no entry comes
    /// twice, and none is missing that applied throughout, even where a registry's file is replaced meanwhile.
    ///
    /// - Parameters:
    ///   - source: only those of this named source.
    ///   - limit: most that are handed over.
    ///   - piece: entries that are read at once, 1 or more.
    public func suppressions(
        source: String? = nil, limit: Int = .max, piece: Int = 1000, _ body: (SuppressionEntry) throws -> Void
    ) throws {
        var left = limit
        for (table, column, other) in [
            ("suppression_prefixes", "prefix", "number"), ("suppressions", "number", "prefix"),
        ] {
            for place in try suppressionPlaces() {
                var after: Int64 = 0
                while left > 0 {
                    let rows = try read { database in
                        // A file that replaced another meanwhile has its name and scope: it goes on where that one was left.
                        try Row.fetchAll(
                            database.cachedStatement(
                                sql: """
                                    SELECT s.\(column), NULL AS \(other), s.added_at, s.ends_at, s.note, q.name, q.loaded_at,
                                        c.name AS campaign
                                    FROM suppression_sources q CROSS JOIN \(table) s ON s.source_id = q.id
                                    LEFT JOIN campaigns c ON c.id = q.campaign_id
                                    WHERE q.state = 'current' AND q.campaign_id = :scope AND q.name = :name
                                        AND s.\(column) > :after AND (:source IS NULL OR q.name = :source OR s.note = :source)
                                    ORDER BY s.\(column) LIMIT :piece
                                    """),
                            arguments: [
                                "scope": place.scope, "name": place.name, "after": after, "source": source,
                                "piece": max(1, piece),
                            ])
                    }
                    guard let last = rows.last else { break }
                    after = last[column]
                    for entry in rows.compactMap(SuppressionLookup.entry).prefix(left) {
                        left -= 1
                        try body(entry)
                    }
                }
            }
        }
    }

    private func suppressionPlaces() throws -> [SuppressionPlace] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT campaign_id, name FROM suppression_sources WHERE state = 'current' ORDER BY campaign_id, name
                    """
            ).map { SuppressionPlace(scope: $0["campaign_id"], name: $0["name"]) }
        }
    }
}
