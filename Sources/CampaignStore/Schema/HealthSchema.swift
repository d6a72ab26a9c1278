/// What watching the engine adds: its sign of life.
///
/// Released migrations are never edited; a change is a new migration.
enum HealthSchema {
    static let sql = """
        -- The engine's sign of life: one row, written durably every 10 s while it runs.
        CREATE TABLE heartbeat (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            at INTEGER NOT NULL,
            beats INTEGER NOT NULL
        ) STRICT;
        """
}
