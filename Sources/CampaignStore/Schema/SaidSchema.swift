/// What is kept of a call between an agent's word and its settling, and of what agents saw last.
///
/// Released migrations are never edited; a change is a new migration.
enum SaidSchema {
    static let sql = """
        -- When to call back, as it was said of an attempt that is not settled yet; its settling takes it from here.
        ALTER TABLE attempts ADD COLUMN said_callback TEXT;

        -- The attempt that the station's agent was told of last; empty where they were told of none since they signed in.
        ALTER TABLE stations ADD COLUMN seen_attempt INTEGER;
        """
}
