/// What importing the wishes of people who want no calls adds.
///
/// Released migrations are never edited; a change is a new migration.
enum WishSchema {
    static let sql = """
        ALTER TABLE imports ADD COLUMN do_not_call INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE imports ADD COLUMN do_not_call_unclear INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE imports ADD COLUMN do_not_call_unread INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE imports ADD COLUMN do_not_call_entries INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE imports ADD COLUMN let_through INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE imports ADD COLUMN do_not_call_scope TEXT NOT NULL DEFAULT 'house';
        ALTER TABLE imports ADD COLUMN duplicates_in TEXT NOT NULL DEFAULT 'campaign';

        -- The import whose row said that this contact alone wants no calls; NULL where none did.
        ALTER TABLE contacts ADD COLUMN do_not_call_import INTEGER;

        CREATE INDEX contacts_wish ON contacts (do_not_call_import) WHERE do_not_call_import IS NOT NULL;

        -- Numbers of an import whose holders want no calls. former_note and former_end: of the entry that ended by itself in whose place
        -- the import's came.
        CREATE TABLE import_wishes (
            import_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            former_note TEXT,
            former_end INTEGER,
            PRIMARY KEY (import_id, number)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX import_wishes_number ON import_wishes (number);
        """
}
