extension PhoneHealthReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] =
        [ColumnDefinition("station", "A GXP phone, or one handset of a DP base, as phones.yaml names it.")]
        + ColumnDefinition.shared("attempts") + [
            ColumnDefinition(
                "phone_refused",
                "Attempts that the phone proved not to have dialled: an error answer, a refused connection, a line taken by another call."
            ),
            ColumnDefinition("not_sent", "Attempts whose command was never written to the phone."),
            ColumnDefinition("phone_lost", "Attempts during which the phone vanished, so that their end is unknown."),
            ColumnDefinition(
                "failed_fast",
                "Attempts that ended under 2 seconds after the command, or that were never seen to leave idle; many of them speak of a dead trunk or account."
            ),
            ColumnDefinition("trouble", "phone_refused, not_sent, phone_lost and failed_fast together."),
            ColumnDefinition("trouble_share", "trouble divided by attempts."),
            ColumnDefinition(
                "gap_ms",
                "The longest time between two looks at the line during an attempt, in milliseconds, on average an attempt: the larger, the less is certain of when calls were answered and ended."
            ),
            ColumnDefinition("unreachable_min", "Minutes in which the phone did not answer."),
            ColumnDefinition(
                "locked_out_min", "Minutes in which the phone refused our passcode; only a person can end that."),
            ColumnDefinition("state", "In which state the station is now; empty where offhook does not run."),
            ColumnDefinition("watched_min", "Minutes in which offhook watched the station, in whatever state."),
            ColumnDefinition("unregistered_min", "Minutes in which the phone's account was not registered."),
            ColumnDefinition("dnd_min", "Minutes in which the phone was set to do-not-disturb."),
            ColumnDefinition(
                "lost_share",
                "Minutes unreachable, locked out, not registered and set to do-not-disturb, divided by watched_min."),
        ]
}
