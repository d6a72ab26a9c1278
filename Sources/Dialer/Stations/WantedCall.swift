import CampaignStore
import Campaigns

/// A call that an agent asked for, until the station's lines were looked at.
public enum WantedCall: Sendable, Hashable {
    /// How long such a call waits for a look and for its campaign's pacing before it is given up.
    static let patience: Duration = .seconds(10)

    case offered(Reservation, until: Instant)
    case manual(CampaignID, ContactID, until: Instant)

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
