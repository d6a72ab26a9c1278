extension AgentTimeReport {
    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] =
        [
            ColumnDefinition(
                "agent", "Who was logged in at the station. Time and calls of stations without an agent are in no row."),
            ColumnDefinition(
                "logged_in_min",
                "Minutes for which the agent was at a station while offhook ran: the sum of the eight columns that follow. A state that lasts still counts up to now."
            ),
            ColumnDefinition("ready_min", "Minutes in which the agent waited for a call."),
            ColumnDefinition(
                "ringing_min", "Minutes from the command to the answer or the end: the phone dialled or rang."),
            ColumnDefinition("talk_min", "Minutes in which a call of ours was connected, by the station's states."),
            ColumnDefinition("hold_min", "Minutes in which a call of ours was on hold."),
            ColumnDefinition(
                "wrap_up_min",
                "Minutes from the end of calls until the agent had said what came of them, or wrap-up ran out."),
            ColumnDefinition(
                "by_hand_min",
                "Minutes of calls that offhook did not place, incoming ones included; a DP base cannot show them."),
            ColumnDefinition("paused_min", "Minutes of pauses, whatever their reason."),
            ColumnDefinition(
                "other_min",
                "Minutes in no other column: a contact was set aside or shown for preview, or the phone was unreachable, not registered, set to do-not-disturb, locked out or not asked yet."
            ),
            ColumnDefinition(
                "occupancy",
                "Ringing, talk, hold and wrap-up divided by the same and ready: how much of the time for calls went to calls. Pauses, calls by hand and other time are on neither side."
            ),
        ] + ColumnDefinition.shared("calls") + [
            ColumnDefinition("calls_per_hour", "calls divided by the hours of logged_in_min.")
        ] + ColumnDefinition.shared("successes") + [
            ColumnDefinition(
                "reason", "Why the station was paused, as it was chosen or written; none where nothing was said."),
            ColumnDefinition("share", "This row's minutes divided by those of all pauses of its agent."),
        ]
}
