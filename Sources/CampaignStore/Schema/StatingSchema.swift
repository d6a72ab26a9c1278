/// What the law's exemptions add: an index of the contacts that state something rules may read.
///
/// Released migrations are never edited; a change is a new migration.
enum StatingSchema {
    static let sql = """
        -- Contacts whose fields name a consent, a purchase or an inquiry: rules read nothing in the others, so that they are counted
        -- from indexes alone.
        CREATE INDEX contacts_stating ON contacts (list_id, next_area_id)
            WHERE instr(lower(fields), 'consent') + instr(lower(fields), 'purchase') + instr(lower(fields), 'inquiry') > 0;
        """
}
