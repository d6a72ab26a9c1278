import GRDB

/// What restoring adds: the mark that a back-up carries, and an id by which copies of one database know each other.
///
/// Released migrations are never edited; a change is a new migration.
enum RestoreSchema {
    static let sql = """
        -- A back-up carries a mark: when it was made, and how far its journal and its calls go. Whoever puts it in place of a lost
        -- database has one that does not know the calls since; nothing is dialed until they are known, or a person accepts it.
        CREATE TABLE restores (
            id INTEGER PRIMARY KEY,
            origin TEXT NOT NULL,
            backed_up_at INTEGER NOT NULL,
            last_event INTEGER NOT NULL,
            last_attempt INTEGER NOT NULL,
            restored_at INTEGER,
            cleared_at INTEGER,
            cleared_by TEXT CHECK (cleared_by IN ('calls_brought_in', 'repeats_accepted'))
        ) STRICT;

        INSERT INTO settings (key, value) VALUES ('\(BackupMark.originSetting)', lower(hex(randomblob(16))));

        -- Back-ups of former versions have no mark, but their last events tell: what was started was paused in the copy.
        INSERT INTO restores (origin, backed_up_at, last_event, last_attempt)
        SELECT (SELECT value FROM settings WHERE key = '\(BackupMark.originSetting)'), j.at,
            coalesce((SELECT seq FROM journal WHERE NOT (event = 'campaign_paused' AND detail IS '\(CampaignStore.backupPause)')
                ORDER BY seq DESC LIMIT 1), 0),
            coalesce((SELECT max(id) FROM attempts), 0)
        FROM journal j WHERE j.seq = (SELECT max(seq) FROM journal)
            AND j.event = 'campaign_paused' AND j.detail IS '\(CampaignStore.backupPause)';
        """
}
