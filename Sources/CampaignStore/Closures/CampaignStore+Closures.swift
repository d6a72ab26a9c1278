import CallingRules
import Campaigns
import GRDB

extension CampaignStore {
    /// Closes a place to all calls, from this moment, in running engines too. A closure that it had is replaced.
    ///
    /// - Parameter closure: the place by a name that was looked up, with who closes it, when, until when and why.
    public func closePlace(_ closure: PlaceClosure) throws {
        try write { database in
            try Self.endClosures(of: closure.place, by: closure.closedBy, at: closure.closedAt, database)
            try database.execute(
                sql: """
                    INSERT INTO place_closures (place, until_day, source, closed_at, closed_by) VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [
                    closure.place, closure.until.daysSince1970, closure.source, closure.closedAt.milliseconds,
                    closure.closedBy,
                ])
            try database.journal(
                "place_closed", at: closure.closedAt, JournalSubject(),
                detail: "\(closure.place) until \(closure.until.text): \(closure.source)")
        }
    }

    /// Opens a place again that people closed.
    ///
    /// - Throws: `StoreError.notFound` where it is not closed.
    public func openPlace(_ place: String, by person: String, at now: Instant) throws {
        try write { database in
            guard try Self.endClosures(of: place, by: person, at: now, database) > 0 else {
                let closed = try PlaceClosures.read(at: now, database).map(\.place).sorted()
                let others = closed.isEmpty ? "no place is" : "closed are \(closed.joined(separator: ", "))"
                throw StoreError.notFound(what: "closed place", name: place, hint: others)
            }
            try database.journal("place_opened", at: now, JournalSubject(), detail: place)
        }
    }

    /// The places that are closed at an instant, in the order of their names.
    public func placeClosures(at now: Instant) throws -> [PlaceClosure] {
        try read { try PlaceClosures.read(at: now, $0) }
    }

    @discardableResult
    private static func endClosures(
        of place: String, by person: String, at now: Instant, _ database: Database
    ) throws -> Int {
        try database.execute(
            sql: """
                UPDATE place_closures SET opened_at = ?, opened_by = ?
                WHERE place = ? AND opened_at IS NULL AND until_day >= ?
                """,
            arguments: [now.milliseconds, person, place, PlaceClosures.firstDay(at: now)])
        return database.changesCount
    }
}

/// Reads closures inside a transaction.
enum PlaceClosures {
    /// Those that may still hold somewhere at an instant.
    ///
    /// - Parameter past: an instant of the past whose knowledge is asked for; nil for what is known now.
    static func read(at now: Instant, asOf past: Instant? = nil, _ database: Database) throws -> [PlaceClosure] {
        let isKnown = past == nil ? "opened_at IS NULL" : "closed_at <= ?2 AND (opened_at IS NULL OR opened_at > ?2)"
        let statement = try database.cachedStatement(
            sql: "SELECT * FROM place_closures WHERE until_day >= ?1 AND \(isKnown) ORDER BY place, id")
        let arguments: StatementArguments =
            past.map { [firstDay(at: now), $0.milliseconds] } ?? [firstDay(at: now)]
        return try Row.fetchAll(statement, arguments: arguments).map { row in
            PlaceClosure(
                place: row["place"], until: CivilDate(daysSince1970: row["until_day"]), source: row["source"],
                closedBy: row["closed_by"], closedAt: Instant(milliseconds: row["closed_at"]))
        }
    }

    /// The earliest day that it is anywhere at an instant.
    static func firstDay(at now: Instant) -> Int64 {
        LocalTime(milliseconds: now.milliseconds - 12 * 3_600_000).day
    }
}
