/// What the inventory adds: how often each contact was called, and the contacts that wait, to be told from an index alone.
///
/// Released migrations are never edited; a change is a new migration.
enum InventorySchema {
    static let sql = """
        -- attempts_made: attempts of the contact that count, open ones included; kept by the triggers below.
        ALTER TABLE contacts ADD COLUMN attempts_made INTEGER NOT NULL DEFAULT 0;

        \(AttemptsMade.rebuild);

        CREATE TRIGGER attempts_made_more AFTER INSERT ON attempts
            WHEN new.contact_id IS NOT NULL AND \(AttemptsMade.counts("new"))
        BEGIN
            UPDATE contacts SET attempts_made = attempts_made + 1 WHERE id = new.contact_id;
        END;

        CREATE TRIGGER attempts_made_otherwise AFTER UPDATE OF outcome ON attempts
            WHEN new.contact_id IS NOT NULL AND \(AttemptsMade.counts("new")) <> \(AttemptsMade.counts("old"))
        BEGIN
            UPDATE contacts SET attempts_made = attempts_made + iif(\(AttemptsMade.counts("new")), 1, -1) WHERE id = new.contact_id;
        END;

        CREATE TRIGGER attempts_made_fewer AFTER DELETE ON attempts
            WHEN old.contact_id IS NOT NULL AND \(AttemptsMade.counts("old"))
        BEGIN
            UPDATE contacts SET attempts_made = attempts_made - 1 WHERE id = old.contact_id;
        END;

        -- Contacts that are neither finished nor fresh, with all that the inventory tells them apart by: an import writes none.
        CREATE INDEX contacts_waiting ON contacts (list_id, state, next_area_id, due_at, attempts_made)
            WHERE state NOT IN ('done', 'exhausted') AND NOT (state = 'ready' AND due_at = 0 AND attempts_made = 0);

        -- Attempts in the order of their times, whatever their campaign, and to whom they went.
        DROP INDEX attempts_intended;
        CREATE INDEX attempts_intended ON attempts (intended_at, number, contact_id);
        """
}
