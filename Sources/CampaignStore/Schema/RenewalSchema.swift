/// What is remembered of registries' lists of changes.
///
/// Released migrations are never edited; a change is a new migration.
enum RenewalSchema {
    static let sql = """
        -- How many numbers the last list of changes of a source held, by the source's name and scope (0 for everywhere): one that
        -- holds far fewer is asked about before it makes the source younger.
        CREATE TABLE suppression_renewals (
            campaign_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            numbers INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (campaign_id, name)
        ) STRICT;
        """
}
