extension ClosingReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] =
        [
            ColumnDefinition(
                "step",
                "On the list: all contacts. Dialable: but those that were suppressed before any call. Attempted: called at least once in a way that counts. Connected and success: as in calls."
            ),
            ColumnDefinition(
                "contacts",
                "Contacts that came to this step, each once; empty where more than \(CallOutcomeReport.mostForContacts) attempts would have to be looked at, but for attempted, which then counts contacts that were called for the first time."
            ),
            ColumnDefinition(
                "share",
                "In the funnel: contacts divided by those on the list. Of outcomes: attempts divided by all attempts. Of time: minutes divided by all minutes."
            ),
        ] + ColumnDefinition.shared("calls") + [
            ColumnDefinition("outcome", "What the program saw of the call, whatever the agent said.")
        ] + ColumnDefinition.shared("attempts") + [
            ColumnDefinition(
                "ring_s", "Seconds from the command to the answer or the end, on average an attempt of the row."),
            ColumnDefinition("talk_s", "Seconds connected, on average an attempt of the row."),
            ColumnDefinition("weekday", "The day of the contact's own week."),
            ColumnDefinition("hour", "The hour of the contact's own day, from its beginning on."),
            ColumnDefinition("agent", "Who sat at the station; none where nobody did."),
        ] + AgentCells.definitions + [
            ColumnDefinition("time", "What the time of the campaign's calls went to."),
            ColumnDefinition("minutes", "Minutes of all its attempts together."),
            ColumnDefinition("min_per_success", "minutes divided by successes; empty where there is none."),
        ] + ColumnDefinition.shared("connected")
}
