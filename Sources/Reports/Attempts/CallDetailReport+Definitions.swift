extension CallDetailReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] =
        [
            ColumnDefinition("attempt", "The call's number in the database, in the order of the intents."),
            ColumnDefinition("campaign", "The campaign's name; empty for calls by hand."),
            ColumnDefinition("contact", "The contact's number in the database; empty for calls by hand."),
            ColumnDefinition("number", "The number that was called, in E.164."),
            ColumnDefinition("station", "The phone or handset that dialled."),
            ColumnDefinition("intended_at", "When the call was written down, before the phone was told, in UTC."),
            ColumnDefinition("commanded_at", "When the phone answered the command, in UTC; empty where it did not."),
            ColumnDefinition("ended_at", "When the call ended, in UTC; empty while it goes on."),
            ColumnDefinition(
                "outcome", "How the program saw the call end; docs/outcomes-and-retries.md tells the words."),
            ColumnDefinition("disposition", "The code of what the agent said came of it."),
            ColumnDefinition("ring_ms", "Milliseconds from the command to the answer or the end."),
            ColumnDefinition("talk_ms", "Milliseconds connected; empty where it was not."),
            ColumnDefinition(
                "evidence",
                "The line's states as seen, with seconds since the first, what is uncertain, and the longest gap between two looks."
            ),
            ColumnDefinition("list", "The contact's list."),
            ColumnDefinition("pass", "1 for the first call to a contact that counts, 2 for the second, and so on."),
            ColumnDefinition("phase", "How far the call is: intended, calling, connected, wrap_up or settled."),
            ColumnDefinition("zone", "The time zone by which the calling hours were judged."),
            ColumnDefinition("rule_pack", "The rule packs that the call was placed under, with their versions."),
            ColumnDefinition("follow_up", "What followed for the contact, and why."),
            ColumnDefinition("agent", "Who was logged in at the station; empty where nobody was."),
        ] + ColumnDefinition.shared("calls", "connected", "persons", "contact_rate", "successes", "talk_min")
}
