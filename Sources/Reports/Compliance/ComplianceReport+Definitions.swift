extension ComplianceReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] =
        [
            ColumnDefinition("campaign", "The campaign's name; empty for do-not-call entries that hold everywhere."),
            ColumnDefinition("rule_pack", "The rule packs under which the calls were placed."),
            ColumnDefinition("version", "The packs' versions at that time, each a date."),
        ] + ColumnDefinition.shared("calls") + [
            ColumnDefinition(
                "number", "One of the hundred numbers that the campaign called most in the last seven days, in E.164."),
            ColumnDefinition("calls_24h", "Calls of the campaign to this number in the last 24 hours that count."),
            ColumnDefinition("calls_7d", "Calls of the campaign to this number in the last seven days that count."),
            ColumnDefinition(
                "cap",
                "The cap of which most is used up, among those of the campaign and of its packs for the place of the number; empty where none holds."
            ),
            ColumnDefinition(
                "counted",
                "Calls that count for the cap now, as before every call: to any number of the contact, by every campaign and by hand, within the cap's window."
            ),
            ColumnDefinition("most", "How many the cap allows; a call that would be one more is not placed."),
            ColumnDefinition(
                "used_share",
                "counted divided by most. 100 % is no breach: the next call waits until one leaves the window."),
            ColumnDefinition("cap_source", "The statute or setting that the cap comes from."),
            ColumnDefinition(
                "over_cap",
                "Numbers in the table for which more calls count than the cap allows: by calls by hand, or since the cap was made stricter."
            ),
            ColumnDefinition(
                "jurisdiction", "Whose rules held for the numbers, such as US-TX; unknown where it could not be told."),
            ColumnDefinition(
                "earliest_hour",
                "The hour of the contact's own day in which the earliest call fell: 08:00 is 08:00 to 08:59."),
            ColumnDefinition(
                "latest_hour",
                "The hour of the contact's own day in which the latest call fell: 20:00 is 20:00 to 20:59."),
            ColumnDefinition(
                "source",
                "Where the entries come from: the name of a file that was loaded, or one by one by people and agents."),
            ColumnDefinition("entries", "Do-not-call entries of the source now, prefixes included."),
            ColumnDefinition("current_at", "As of when the source is up to date, in UTC."),
            ColumnDefinition(
                "calls_after",
                "Calls of the period to a number that an entry of the source covered when it was called. It must be 0: each call is checked in the transaction that writes it down."
            ),
            ColumnDefinition(
                "suppressed_contacts", "Contacts none of whose numbers may be called now, by do-not-call entries."),
            ColumnDefinition("do_not_call", "Calls of the period whose disposition is of the class do_not_call."),
            ColumnDefinition("attempt", "The call in which the wish was said, by its number in the database."),
            ColumnDefinition("agent", "Who noted the wish."),
            ColumnDefinition("ended_at", "When the call ended, in UTC."),
            ColumnDefinition(
                "effective_at",
                "When the first do-not-call entry began that covers the number now, in UTC; empty where a person has taken it off since."
            ),
            ColumnDefinition(
                "delay_s",
                "Seconds from the end of the call until the entry held, begun ones counted; 0 where the number had one before."
            ),
        ]
}
