/// What work in pieces adds: contacts that are still to be looked at again, and imports that are being taken back.
///
/// Released migrations are never edited; a change is a new migration.
enum PiecesSchema {
    static let sql = """
        -- Contacts to look at again, since a rule or a do-not-call entry changed: many are done piece by piece beside the dialer.
        -- kind: covered (by the prefix subject), parked, or possible (numbers in no known range). after is the last one that was
        -- done, a number where kind is covered, else a contact. campaign_id 0 means everywhere.
        CREATE TABLE contact_reviews (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('covered', 'parked', 'possible')),
            campaign_id INTEGER NOT NULL,
            subject INTEGER NOT NULL DEFAULT 0,
            after INTEGER NOT NULL DEFAULT 0,
            done INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        -- While an import is taken back: the list where its contacts are kept from the selection.
        ALTER TABLE imports ADD COLUMN undo_list_id INTEGER;
        """
}
