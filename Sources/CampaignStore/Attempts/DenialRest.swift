import Campaigns
import Eligibility

/// How long a denied contact rests. Each denial is looked at by itself: one that passes must not park for ever what another
/// only delays.
enum DenialRest {
    /// Denials that have no date and yet end by themselves, or that keep the whole campaign or list from being asked: how
    /// long the contact rests before the next look.
    private static func rest(_ code: String) -> Duration? {
        switch code {
        case "open_attempt", "calling_hours", "holiday", "not_before": .seconds(30)
        case "campaign_not_started", "list_paused": .milliseconds(1)
        default: nil
        }
    }

    /// A place that is closed is not picked from, and people may open it at any moment: nothing but that has to hold its contacts.
    private static let closedRest: Duration = .seconds(60)

    /// When the contact is looked at again, and the reason that keeps it longest; no instant where only a person or a file
    /// can change it.
    static func after(_ denials: [Eligibility.Denial], at now: Instant) -> (until: Instant?, reason: Reason) {
        var latest = now
        var reason = denials.first?.reason ?? Reason(code: "denied", text: "A rule forbids it.")
        for denial in denials {
            guard let end = denial.until ?? rest(denial.reason.code).map({ now + $0 }) else {
                return (nil, denial.reason)
            }
            guard end > latest else { continue }
            latest = denial.reason.code == "place_closed" ? max(latest, min(end, now + closedRest)) : end
            reason = denial.reason
        }
        return (latest, reason)
    }
}
