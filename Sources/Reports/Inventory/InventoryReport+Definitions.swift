extension InventoryReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] = [
        ColumnDefinition("campaign", "The campaign's name."),
        ColumnDefinition(
            "when",
            "dialable now, later today, another day (both on the contact's clock), blocked, in a call, or finished."),
        ColumnDefinition("contacts", "Contacts that wait for the same; each contact stands in one row."),
        ColumnDefinition("reason", "What holds them longest, to be read after their number."),
        ColumnDefinition("earliest", "When the first of them may be called, in UTC; empty where no date frees any."),
        ColumnDefinition("dialable_now", "Contacts that every rule lets be called at that moment."),
        ColumnDefinition("later_today", "Contacts that may be called later on the same day of their own clock."),
        ColumnDefinition("another_day", "Contacts that may be called on a later day of their own clock."),
        ColumnDefinition("blocked", "Contacts that only a person or a file can free."),
    ]
}
