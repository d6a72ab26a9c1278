import Campaigns
import GRDB

extension CampaignStore {
    /// Writes the engine's sign of life, as durably as an intent: where this succeeds, a call can be written down.
    ///
    /// - Throws: `StoreError.unavailable`.
    public func noteHeartbeat(at now: Instant) throws {
        try write { database in
            let beat = try database.cachedStatement(
                sql: """
                    INSERT INTO heartbeat (id, at, beats) VALUES (1, ?, 1)
                    ON CONFLICT (id) DO UPDATE SET at = excluded.at, beats = beats + 1
                    """)
            try beat.execute(arguments: [now.milliseconds])
        }
    }

    /// The last sign of life of an engine, and how many there were; nil where none ever ran on this database.
    public func lastHeartbeat() throws -> (at: Instant, beats: Int)? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT at, beats FROM heartbeat").map {
                (Instant(milliseconds: $0["at"]), $0["beats"])
            }
        }
    }
}
