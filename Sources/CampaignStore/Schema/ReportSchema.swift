/// What reports add: time of stations, and callbacks that were agreed.
///
/// Released migrations are never edited; a change is a new migration. The sums of calls, which this one made at first, are derived
/// from the attempts and so made anew by ``CallSumsSchema`` whenever they change.
enum ReportSchema {
    static let sql = """
        -- Attempts in the order of their times, whatever their campaign.
        CREATE INDEX attempts_intended ON attempts (intended_at);

        -- An agent's attempts in the order of their times.
        CREATE INDEX attempts_agent ON attempts (agent, intended_at);

        -- A list's contacts by state, counted without reading them; those that are fresh and ready stand in contacts_fresh, so
        -- that an import writes none of these.
        CREATE INDEX contacts_list_state ON contacts (list_id, state) WHERE NOT (state = 'ready' AND due_at = 0);

        -- How long stations were in each state, and for which agent; reason is that of a pause.
        CREATE TABLE station_time (
            span INTEGER NOT NULL,
            slot INTEGER NOT NULL,
            station TEXT NOT NULL,
            agent TEXT NOT NULL,
            state TEXT NOT NULL,
            reason TEXT NOT NULL,
            ms INTEGER NOT NULL,
            PRIMARY KEY (span, slot, station, agent, state, reason)
        ) STRICT, WITHOUT ROWID;

        -- In which state each station is now; it becomes a part of station_time when it ends.
        CREATE TABLE station_states (
            station TEXT PRIMARY KEY,
            agent TEXT NOT NULL,
            state TEXT NOT NULL,
            reason TEXT NOT NULL,
            since INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Times that were agreed with contacts, and the call that kept them. ending: called, or moved to another time.
        CREATE TABLE agreed_callbacks (
            id INTEGER PRIMARY KEY,
            campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
            contact_id INTEGER NOT NULL,
            agent TEXT,
            agreed_by TEXT,
            agreed_at INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            ending TEXT CHECK (ending IN ('called', 'moved', 'withdrawn')),
            ended_at INTEGER,
            attempt_id INTEGER
        ) STRICT;

        CREATE INDEX agreed_callbacks_due ON agreed_callbacks (due_at);
        CREATE UNIQUE INDEX agreed_callbacks_open ON agreed_callbacks (contact_id) WHERE ending IS NULL;
        """
}
