/// What the law's exemptions add: which lists have contacts that state something rules may read.
///
/// Released migrations are never edited; a change is a new migration.
enum StatingSchema {
    /// In whose names fields say what rules read.
    static let words = ["consent", "purchase", "inquiry"]

    /// Whether an SQL text of fields or of names may name a consent, a purchase or an inquiry.
    static func mentions(_ text: String) -> String {
        "(\(words.map { "instr(lower(\(text)), '\($0)')" }.joined(separator: " + ")) > 0)"
    }

    static let sql = """
        -- may_state: whether fields of its contacts may name a consent, a purchase or an inquiry. Rules read nothing in the others, so
        -- that these are counted from indexes alone. Set by imports, and by what is inserted or changed otherwise; never taken back.
        ALTER TABLE lists ADD COLUMN may_state INTEGER NOT NULL DEFAULT 0;

        CREATE TRIGGER contacts_state AFTER UPDATE OF fields ON contacts
        WHEN \(mentions("NEW.fields"))
        BEGIN
            UPDATE lists SET may_state = 1 WHERE id = NEW.list_id AND may_state = 0;
        END;
        """

    /// For a database of an older version: looks at the contacts that are there.
    static let note = """
        UPDATE lists SET may_state = 1 WHERE EXISTS (
            SELECT 1 FROM contacts c WHERE c.list_id = lists.id AND \(mentions("c.fields")))
        """
}
