import CampaignStore
import Campaigns

extension CallbackReport {
    private static let grace = DurationText.spoken(CallbackStanding.grace)

    /// What its columns and figures say.
    static let definitions: [ColumnDefinition] = [
        ColumnDefinition("due_at", "The time that was agreed, in UTC."),
        ColumnDefinition("agent", "Whose callback it is; empty, or anyone, where anyone may take it."),
        ColumnDefinition("campaign", "The campaign's name."),
        ColumnDefinition("contact", "The contact's number in the database, which its page and exports have too."),
        ColumnDefinition("agreed_at", "When it was agreed, in UTC."),
        ColumnDefinition("state", "How it stands now: waiting, due, kept, late, missed, moved or withdrawn."),
        ColumnDefinition("called_at", "When the call was placed that ended it, in UTC; empty where none did."),
        ColumnDefinition("callbacks", "All that were agreed for a time in the period."),
        ColumnDefinition("waiting", "Callbacks whose time is still to come."),
        ColumnDefinition("due", "Callbacks whose time has come \(grace) ago or less, and that nobody has called."),
        ColumnDefinition(
            "kept",
            "Callbacks that were called no later than \(grace) after the agreed time, earlier ones included. Any call that counts keeps it, whoever placed it."
        ),
        ColumnDefinition("late", "Callbacks that were called more than \(grace) after the agreed time."),
        ColumnDefinition("missed", "Callbacks that nobody called, more than \(grace) after the agreed time."),
        ColumnDefinition("moved", "Callbacks for which another time was agreed before a call."),
        ColumnDefinition(
            "withdrawn",
            "Callbacks that ended without a call: something else was said, or the contact is done, exhausted, suppressed or erased."
        ),
        ColumnDefinition("kept_share", "kept divided by kept, late and missed."),
    ]
}
