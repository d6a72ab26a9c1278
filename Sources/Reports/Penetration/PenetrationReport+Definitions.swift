import Campaigns

extension PenetrationReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] =
        [
            ColumnDefinition("campaign", "The campaign's name; none for calls of no list."),
            ColumnDefinition("list", "The list's name; none for calls of no list."),
            ColumnDefinition("contacts", "Contacts that stand on the list now."),
            ColumnDefinition(
                "pass",
                "1 for the first call to a contact that counts, 2 for the second, and so on; 20 is the twentieth and all later. Empty for a list without calls."
            ),
        ] + ColumnDefinition.shared("calls", "persons", "contact_rate", "successes") + [
            ColumnDefinition("share_called", "calls of this pass divided by the contacts of the list."),
            ColumnDefinition(
                "left",
                "Contacts of the list that may still be called: ready, in a call, waiting for a retry or a callback, whether or not a rule holds them now."
            ),
        ]
        + ContactState.allCases.map { state in
            ColumnDefinition(state.rawValue, "Contacts of the list that are in the state \(state.rawValue) now.")
        } + ColumnDefinition.shared("connected", "talk_min")
}
