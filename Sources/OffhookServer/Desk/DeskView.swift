import CampaignStore
import Campaigns
import Dialer

/// What a desk page is told of its station: how it stands, in words, and what its agent can do now.
struct DeskView: Codable, Sendable, Hashable {
    /// The server's instant, by which the page's clocks tick.
    var now: String
    var station: StationView
    /// No further call is placed: the program ends.
    var isStopping: Bool
    var headline: String
    /// `good`, `warn`, `bad` or `calm`.
    var tone: String
    /// What is going on or what to do, as a sentence; empty where the headline says it.
    var explanation: String
    /// From when on the page's timer counts; nil where there is nothing to count.
    var timerSince: String?
    /// What runs out, and when.
    var countdownUntil: String?
    var countdownLabel: String?
    var actions: [DeskAction]
    /// Changes whenever more than the state changes: then the page reads the whole desk again.
    var contentKey: String

    /// The view of a station.
    ///
    /// - Parameter family: of its phone; nil where the engine does not drive it.
    init(_ status: StationStatus, family: PhoneFamily?, for identity: Identity, isStopping: Bool, at now: Instant) {
        self.now = now.iso8601
        station = StationView(status, for: identity)
        self.isStopping = isStopping
        let words = DeskWords(status, isStopping: isStopping)
        headline = words.headline
        tone = words.tone
        explanation = words.explanation
        let since: Instant? =
            switch status.state {
            case .dialing: status.dialledAt ?? status.since
            case .inCall, .held: status.connectedAt ?? status.since
            default: status.since
            }
        timerSince = since?.iso8601
        if let until = status.wrapUpUntil {
            countdownUntil = until.iso8601
            countdownLabel = "Wrap-up ends in"
        } else if let until = status.offerUntil {
            countdownUntil = until.iso8601
            countdownLabel = "Passed over in"
        }
        actions = DeskAction.all(for: status, family: family)
        contentKey = [
            status.state.rawValue, status.attempt.map { "\($0.value)" } ?? "",
            status.contact.map { "\($0.value)" } ?? "",
            status.incoming?.number ?? (status.incoming == nil ? "" : "?"), status.otherCall?.number ?? "",
            status.saidCode ?? "", status.pausedReason ?? "",
        ].joined(separator: "|")
    }
}
