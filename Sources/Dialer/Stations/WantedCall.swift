import CampaignStore
import Campaigns

/// Whom an agent wants to call.
public enum WantedContact: Sendable, Hashable {
    /// A contact that they picked.
    case known(ContactID)
    /// The holder of a number that they typed: a contact only once the call is allowed.
    case typed(NewContact.Number)
}

/// A call that an agent asked for, until the station's lines were looked at.
public enum WantedCall: Sendable, Hashable {
    /// How long such a call waits for a look and for its campaign's pacing before it is given up.
    static let patience: Duration = .seconds(10)

    case offered(Reservation, until: Instant)
    case manual(CampaignID, WantedContact, until: Instant)

    var campaign: CampaignID {
        switch self {
        case .offered(let reservation, _): reservation.campaign
        case .manual(let campaign, _, _): campaign
        }
    }

    var until: Instant {
        switch self {
        case .offered(_, let until), .manual(_, _, let until): until
        }
    }
}
