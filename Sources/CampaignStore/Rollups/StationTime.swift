import Campaigns
import GRDB

/// Keeps how long stations are in each state, and for whom.
enum StationTime {
    /// What a station's time counts for.
    struct Stretch: Hashable {
        var agent: String
        var state: String
        var reason: String
    }

    /// A station's time counts for something else from now on; nil where nobody watches it any more.
    static func begin(_ stretch: Stretch?, station: String, at now: Instant, _ database: Database) throws {
        let former = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT * FROM station_states WHERE station = ?"), arguments: [station])
        if let former {
            guard Stretch(former) != stretch else { return }
            try add(Stretch(former), station, from: former["since"], to: now.milliseconds, database)
        }
        guard let stretch else {
            return try database.execute(sql: "DELETE FROM station_states WHERE station = ?", arguments: [station])
        }
        try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO station_states (station, agent, state, reason, since) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [station, stretch.agent, stretch.state, stretch.reason, now.milliseconds])
    }

    /// Ends every stretch at an instant, or where it began later, then.
    static func endAll(at end: Instant, _ database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT * FROM station_states") {
            try add(Stretch(row), row["station"], from: row["since"], to: end.milliseconds, database)
        }
        try database.execute(sql: "DELETE FROM station_states")
    }

    /// Time is split where a quarter hour, or a day, begins.
    private static func add(
        _ stretch: Stretch, _ station: String, from start: Int64, to end: Int64, _ database: Database
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO station_time (span, slot, station, agent, state, reason, ms) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET ms = ms + excluded.ms
                """)
        for span in RollupSpan.allCases {
            var from = start
            // A clock that was set back leaves nothing to count.
            while from < end {
                let slot = from / span.milliseconds
                let to = min(end, (slot + 1) * span.milliseconds)
                try statement.execute(arguments: [
                    span.rawValue, slot, station, stretch.agent, stretch.state, stretch.reason, to - from,
                ])
                from = to
            }
        }
    }

    /// Where the time of stations cannot be true: days that are not their quarter hours, and more than the clock has.
    static func problems(_ database: Database) throws -> [String] {
        let differing = try String.fetchAll(
            database,
            sql: """
                SELECT station || ' on ' || date(day * 86400, 'unixepoch') FROM (
                    SELECT station, iif(span = 0, slot / 96, slot) AS day, agent, state, reason, iif(span = 0, ms, -ms) AS ms
                    FROM station_time)
                GROUP BY station, day, agent, state, reason HAVING sum(ms) <> 0 LIMIT 6
                """)
        guard !differing.isEmpty else { return [] }
        return ["The time of stations by quarter hours and by days differs: \(differing.joined(separator: ", "))."]
    }
}

extension StationTime.Stretch {
    init(_ row: Row) { self.init(agent: row["agent"], state: row["state"], reason: row["reason"]) }
}

extension CampaignStore {
    /// Notes a station's change of state, in the journal and for reports of time.
    ///
    /// - Parameters:
    ///   - former: the state before.
    ///   - reason: why it is paused, where it is.
    public func noteStationState(
        _ state: StationState, was former: StationState, station: String, agent: String?, campaign: CampaignID?,
        reason: String?, at now: Instant
    ) throws {
        try write { database in
            try database.journal(
                "station_\(state.rawValue)", at: now,
                JournalSubject(campaign: campaign?.value, station: station, agent: agent),
                detail: "from \(former.rawValue)")
            try StationTime.begin(
                StationTime.Stretch(
                    agent: agent ?? "", state: state.rawValue, reason: state == .paused ? reason ?? "" : ""),
                station: station, at: now, database)
        }
    }

    /// Notes that a station's agent, or the reason of its pause, is another from now on.
    public func noteStationTime(
        of station: String, agent: String?, state: StationState, reason: String?, at now: Instant
    ) throws {
        try write { database in
            try StationTime.begin(
                StationTime.Stretch(
                    agent: agent ?? "", state: state.rawValue, reason: state == .paused ? reason ?? "" : ""),
                station: station, at: now, database)
        }
    }

    /// Ends the time of all stations that is still counted: an engine stops.
    public func endStationTime(at now: Instant) throws {
        try write { try StationTime.endAll(at: now, $0) }
    }

    /// Ends what a former engine left open, when it last wrote something of a station: it died some time after that.
    public func endForsakenStationTime() throws {
        try write { database in
            let last = try Int64.fetchOne(
                database, sql: "SELECT at FROM journal WHERE station IS NOT NULL ORDER BY seq DESC LIMIT 1")
            try StationTime.endAll(at: Instant(milliseconds: last ?? 0), database)
        }
    }
}
