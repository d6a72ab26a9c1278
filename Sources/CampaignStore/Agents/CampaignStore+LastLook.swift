import Campaigns
import GRDB
import PhoneNumbers

/// Which call an agent means who names none: the one that they were told of last. Another may have begun since, and what is said
/// of the one must not be stored with the other.
extension CampaignStore {
    /// How long a call may be over to be meant by an agent who was told of none.
    static let longestMeant: Duration = .seconds(12 * 3600)

    /// The agent of a station is told of an attempt: by a command that shows it, or since they asked for the call.
    public func noteSeen(_ attempt: AttemptID, byAgentAt station: String) throws {
        try write { try Self.noteSeen(attempt, byAgentAt: station, $0) }
    }

    static func noteSeen(_ attempt: AttemptID, byAgentAt station: String, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE stations SET seen_attempt = ?1 WHERE name = ?2 AND seen_attempt IS NOT ?1",
            arguments: [attempt.value, station])
    }

    /// The attempt that a station's agent means: the one that is named, else the one that they were told of last.
    ///
    /// - Returns: nil where no call was placed there yet.
    /// - Throws: `StoreError.notFound`; `.refused` where the named attempt is another station's, or where none is named and a call
    ///   has begun that the agent was not told of.
    public func attemptMeant(at station: String, named: AttemptID? = nil, now: Instant) throws -> AttemptRow? {
        try read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM stations WHERE name = ? AND removed_at IS NULL", arguments: [station])
            guard let row else { throw try Self.noStation(station, database) }
            if let named { return try Self.attempt(named, at: station, database) }
            let latest = try Row.fetchAll(
                database, sql: "\(AttemptRow.select) WHERE t.station = ? ORDER BY t.id DESC LIMIT 2",
                arguments: [station]
            ).map(AttemptRow.init)
            guard let newest = latest.first else { return nil }
            let seen: AttemptRow?
            if let told = row["seen_attempt"] as Int64? {
                guard told != newest.attempt else { return newest }
                seen = try Row.fetchOne(
                    database, sql: "\(AttemptRow.select) WHERE t.id = ? AND t.station = ?", arguments: [told, station]
                ).map(AttemptRow.init)
            } else {
                // Told of none: there is no doubt where there was but one call to be told of.
                seen = latest.dropFirst().first { former in
                    former.agent == newest.agent && now.since(former.endedAt ?? former.intendedAt) < Self.longestMeant
                }
            }
            guard let seen else { return newest }
            throw StoreError.refused(
                "Nothing was saved: attempt \(newest.attempt) to \(Self.party(newest)) has begun since attempt \(seen.attempt) to \(Self.party(seen)). Say which one is meant: --attempt \(seen.attempt) or --attempt \(newest.attempt); offhook agent show \(station) tells what is on now."
            )
        }
    }

    private static func attempt(_ named: AttemptID, at station: String, _ database: Database) throws -> AttemptRow {
        let row = try Row.fetchOne(
            database, sql: "\(AttemptRow.select) WHERE t.id = ?", arguments: [named.value]
        ).map(AttemptRow.init)
        guard let row else {
            throw StoreError.notFound(
                what: "attempt", name: String(named.value), hint: "see offhook report attempts")
        }
        guard row.station == station else {
            throw StoreError.refused("Attempt \(named.value) is a call of \(row.station), not of \(station).")
        }
        return row
    }

    private static func party(_ attempt: AttemptRow) -> String { attempt.number?.e164 ?? "an unknown number" }
}
