/// What declared emergencies add: places that people closed to calls.
///
/// Released migrations are never edited; a change is a new migration.
enum ClosureSchema {
    static let sql = """
        -- Places closed to calls while an emergency is declared. until_day: the last day on the place's own clock, as days since 1970.
        -- opened_at: when somebody opened it again, or closed it anew; NULL where nobody did.
        CREATE TABLE place_closures (
            id INTEGER PRIMARY KEY,
            place TEXT NOT NULL,
            until_day INTEGER NOT NULL,
            source TEXT NOT NULL,
            closed_at INTEGER NOT NULL,
            closed_by TEXT NOT NULL,
            opened_at INTEGER,
            opened_by TEXT
        ) STRICT;

        CREATE INDEX place_closures_closed ON place_closures (until_day) WHERE opened_at IS NULL;
        """
}
