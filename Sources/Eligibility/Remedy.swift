import Campaigns

/// What would have to change for a reason to go away, for people.
public enum Remedy {
    /// A sentence for each code of a reason; nil for one that time alone ends.
    public static func sentence(_ code: String) -> String? {
        switch code {
        case "campaign_not_started": "Start the campaign: offhook campaign start."
        case "list_paused": "Resume the list: offhook lists resume."
        case "done", "exhausted": "A person has to reopen the contact."
        case "total_attempts_used_up": "Raise total_attempts in the campaign and reopen the contact."
        case "suppressed": "Only removing the do-not-call entry frees it: offhook dnc list, offhook dnc remove."
        case "number_dead": "Give the contact another number."
        case "consent": "Put the consent with its date and proof into the contact's fields and import it again."
        case "parked": "Mend that, then apply the campaign again: offhook campaign apply."
        case "pack_too_old": "Then apply the campaign again: offhook campaign apply."
        case "no_rule": "Add a pack for the region to the campaign and apply it again."
        case "jurisdiction_unknown", "zone_unknown":
            "Give the contact a number, or an area, whose state and zone are known."
        case "place_closed": "It ends by itself; to end it earlier: offhook rules open PLACE."
        case "attempt_cap": "The cap's window has to pass; a cap for ever ends only with the campaign's file."
        default: nil
        }
    }
}
