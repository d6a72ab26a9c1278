extension ConflictReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] = [
        ColumnDefinition("attempt", "The attempt's number, as in the report attempts."),
        ColumnDefinition("at", "When the call was intended, in UTC."),
        ColumnDefinition("campaign", "The campaign's name; empty for calls of no campaign."),
        ColumnDefinition("station", "The phone or handset that dialled."),
        ColumnDefinition("agent", "Who sat at the station; empty or none where nobody did."),
        ColumnDefinition("outcome", "What the program saw of the call."),
        ColumnDefinition("disposition", "The code that the agent chose."),
        ColumnDefinition("class", "The code's fixed class."),
        ColumnDefinition("conflict", "Why outcome and class cannot both be true."),
        ColumnDefinition("conflicts", "Attempts whose outcome and class cannot both be true."),
        ColumnDefinition("said", "Attempts of which the agent said something, or whose wrap-up ran out."),
        ColumnDefinition("share", "conflicts divided by the attempts of which something was said."),
    ]
}
