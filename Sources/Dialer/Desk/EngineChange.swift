import CampaignStore
import Campaigns
import PhoneNumbers

/// What changed in a running engine, for pages that show it.
public struct EngineChange: Sendable, Hashable {
    /// The stations whose state, call or offer changed.
    public var stations: Set<String> = []
    /// The journal has new events.
    public var journal = false

    /// Nothing changed.
    public init() {}

    var isEmpty: Bool { stations.isEmpty && !journal }
}

/// Whom a station's open call is with.
struct Callee: Sendable {
    let attempt: AttemptID
    let contact: ContactID?
    let number: PhoneNumber
    let campaign: CampaignID?
}

/// Where the answer to a call of the agent's choice goes.
enum WantedCallReply {
    /// Another program asked through the database.
    case stored(WaitingRequest)
    /// A page of this process waits.
    case direct(CheckedContinuation<String?, Never>)
}
