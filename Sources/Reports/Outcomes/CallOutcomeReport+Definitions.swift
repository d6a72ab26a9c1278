extension CallOutcomeReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] =
        ReportGrouping.allCases.map(\.definition) + [
            ColumnDefinition("outcome", "What the program saw of the call, whatever the agent said.")
        ] + ColumnDefinition.shared("attempts") + [
            ColumnDefinition(
                "contacts",
                "Distinct contacts with such an attempt; empty where more than \(mostForContacts) attempts would have to be looked at."
            ),
            ColumnDefinition("share", "This row's attempts divided by those of its group."),
            ColumnDefinition(
                "ring_s", "Seconds from the command to the answer or the end, on average an attempt of the row."),
            ColumnDefinition("talk_s", "Seconds connected, on average an attempt of the row."),
        ] + CallFigures.definitions
}

extension CallFigures {
    /// What the figures at the head of reports of calls say.
    static let definitions = ColumnDefinition.shared(
        "calls", "connected", "persons", "contact_rate", "successes", "talk_min")
}

extension ReportGrouping {
    /// What the first column of outcomes says.
    var definition: ColumnDefinition {
        switch self {
        case .campaign: ColumnDefinition("campaign", "The campaign's name; none for calls of no campaign.")
        case .list: ColumnDefinition("list", "Campaign and list; none for calls of no list.")
        case .day: ColumnDefinition("day", "The day on which the call was intended, on the clock that was asked for.")
        case .hour:
            ColumnDefinition("hour", "The hour of the contact's own day; none where its clock was not known.")
        case .weekday:
            ColumnDefinition("weekday", "The day of the contact's own week; none where its clock was not known.")
        case .station: ColumnDefinition("station", "The phone or handset that dialled.")
        case .agent: ColumnDefinition("agent", "Who sat at the station; none where nobody did.")
        }
    }
}
