/// What keeping and erasing adds: the rules' texts once, what retention removed, and the guards of the logs opened just so far.
///
/// Released migrations are never edited; a change is a new migration.
enum KeepingSchema {
    static let sql = """
        -- What the rules said that let calls through, each text once; nothing in them is of a person. Marks in a text
        -- (U+0001 to U+0003) stand for the called number, for a value in allowed_by, and for the words in consent.
        CREATE TABLE rule_texts (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        ) STRICT;

        -- allowed_by: the values that belong into the text of rule_text_id; the whole text, as JSON, where that is NULL.
        -- consent: what the person's fields said of their consent; erased with the person.
        ALTER TABLE attempts ADD COLUMN rule_text_id INTEGER REFERENCES rule_texts (id);
        ALTER TABLE attempts ADD COLUMN consent TEXT;

        -- attempts_removed: those of attempts_made whose records were removed by retention.
        ALTER TABLE contacts ADD COLUMN attempts_removed INTEGER NOT NULL DEFAULT 0;

        -- Attempts are moved to rule_texts from the highest number down, beside dialing.
        INSERT INTO settings (key, value) SELECT 'rule_texts_to_move', (SELECT max(id) FROM attempts)
            WHERE EXISTS (SELECT 1 FROM attempts);

        -- Notes, by when they are removed.
        CREATE INDEX attempts_noted ON attempts (campaign_id, intended_at) WHERE note IS NOT NULL;

        -- Until which UTC day, counted from 1970, calls of a campaign were removed by retention: sums of earlier days stay
        -- and cannot be added up anew. Campaign 0 is for calls without one.
        CREATE TABLE calls_removed (
            campaign_id INTEGER PRIMARY KEY,
            until_day INTEGER NOT NULL,
            calls INTEGER NOT NULL
        ) STRICT;

        -- The size of the database in bytes, once a UTC day, counted from 1970.
        CREATE TABLE database_sizes (
            day INTEGER PRIMARY KEY,
            bytes INTEGER NOT NULL
        ) STRICT;

        -- The journal is appended to and never changed; only the text of an event and who acted can be emptied, where it is
        -- older than retention keeps texts, or of a person who was erased.
        DROP TRIGGER journal_is_not_changed;
        CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
        WHEN NOT (NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.event = OLD.event AND NEW.campaign_id IS OLD.campaign_id
            AND NEW.contact_id IS OLD.contact_id AND NEW.attempt_id IS OLD.attempt_id AND NEW.number IS OLD.number
            AND NEW.station IS OLD.station AND (NEW.detail IS NULL OR NEW.detail IS OLD.detail)
            AND (NEW.agent IS NULL OR NEW.agent IS OLD.agent)
            AND (OLD.seq <= coalesce(
                (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'journal_details_removed'), 0)
                OR EXISTS (SELECT 1 FROM contacts c WHERE c.id = OLD.contact_id AND c.reason = 'Erased.')
                OR EXISTS (SELECT 1 FROM suppression_sources q CROSS JOIN suppressions s
                    ON s.source_id = q.id AND s.number = OLD.number WHERE s.note = 'erased' OR q.name = 'erased')))
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

        -- The audit log is appended to and never changed; retention removes its oldest entries, and says up to which.
        DROP TRIGGER audit_is_not_deleted;
        CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
        WHEN OLD.id > coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'audit_removed'), 0)
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        """
}
