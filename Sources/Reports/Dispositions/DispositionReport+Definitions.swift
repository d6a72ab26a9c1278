extension DispositionReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] =
        [
            ColumnDefinition("agent", "Who sat at the station; none where nobody did."),
            ColumnDefinition("disposition", "The code that the agent chose, as the campaign's file has it."),
            ColumnDefinition("class", "The code's fixed class, which decides what follows."),
            ColumnDefinition(
                "calls",
                "In the table of dispositions: attempts of which this was said. Elsewhere: attempts that count, all but phone_refused and not_sent."
            ),
            ColumnDefinition("share", "This row's calls divided by all of which its agent said something."),
        ] + AgentCells.definitions + ColumnDefinition.shared("connected")
}

extension AgentCells {
    /// What the columns say that stand beside the agent and the calls.
    static let definitions =
        ColumnDefinition.shared("persons", "contact_rate", "successes", "success_rate") + [
            ColumnDefinition("none_given", "Attempts whose wrap-up ran out before the agent said anything.")
        ] + ColumnDefinition.shared("talk_min") + [
            ColumnDefinition("wrap_up_min", "Minutes from the end of calls until the agent had said what came of them.")
        ]
}
