extension AuditReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] = [
        ColumnDefinition("at", "When it was done, in UTC."),
        ColumnDefinition(
            "user", "Who did it, with the token's name where a program did; empty where nobody was logged in."),
        ColumnDefinition("address", "The network address it came from."),
        ColumnDefinition("act", "What was done, as a fixed word such as user_added."),
        ColumnDefinition("subject", "What it was done to, such as campaign 7; people are named by number only."),
        ColumnDefinition("detail", "What else the log holds of it."),
        ColumnDefinition("entries", "Entries of the audit log in the period."),
        ColumnDefinition("share", "This row's entries divided by all."),
    ]
}
