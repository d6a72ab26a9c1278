import GRDB
import PhoneNumbers

/// Numbers whose holders asked to be erased: do-not-call entries that hold everywhere, with a source word of their own.
final class ErasedNumbers {
    /// The source of these entries.
    static let source = "erased"

    private let probe: BulkStatement

    init(_ database: Database) throws {
        probe = try BulkStatement(
            database,
            """
            SELECT 1 FROM suppression_sources q JOIN suppressions s ON s.source_id = q.id AND s.number = ?1
            WHERE q.state = 'current' AND q.campaign_id = 0 AND (s.note = '\(Self.source)' OR q.name = '\(Self.source)')
            """)
    }

    /// Whether the holder of a number, as E.164 digits, was erased.
    func contains(_ number: Int64) throws -> Bool {
        probe.bind(number, at: 1)
        return try probe.first() != nil
    }

    /// Enters a number, whatever entries it has already: this one has no end, and keeps its word.
    static func add(_ number: PhoneNumber, at now: Int64, _ database: Database) throws {
        let added = try Suppressions.add(
            .number(number), campaign: 0, source: source, end: nil, at: now, database)
        guard !added.isNew else { return }
        try database.execute(
            sql: """
                UPDATE suppressions SET note = ?, ends_at = NULL WHERE number = ?
                AND source_id = (SELECT id FROM suppression_sources
                    WHERE campaign_id = 0 AND name = '' AND state = 'current')
                """, arguments: [source, number.digits])
    }
}
