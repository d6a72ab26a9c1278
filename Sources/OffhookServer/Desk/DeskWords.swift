import Campaigns
import Dialer

/// A station's state in words for its agent.
struct DeskWords: Sendable, Hashable {
    var headline: String
    /// `good`, `warn`, `bad` or `calm`.
    var tone: String
    /// What is going on or what to do, as a sentence; empty where the headline says it.
    var explanation: String

    private init(_ headline: String, _ tone: String, _ explanation: String = "") {
        self.headline = headline
        self.tone = tone
        self.explanation = explanation
    }

    /// The words of a state. A pause that was asked for during a call is told with the call.
    init(_ status: StationStatus, isStopping: Bool) {
        self = Self.words(status)
        let ends = isStopping ? "Offhook is stopping: no further call is placed." : ""
        let pause =
            status.state == .paused || status.pausedReason == nil
            ? "" : "Paused after this: \(status.pausedReason ?? "")."
        explanation = [ends, explanation, pause].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func words(_ status: StationStatus) -> DeskWords {
        switch status.state {
        case .unknown: DeskWords("Looking at the phone", "calm", "It was not asked yet.")
        case .reconciling:
            DeskWords("Finding a call", "warn", "A call from before a restart is looked for on the phone.")
        case .paused:
            if let reason = status.pausedReason {
                DeskWords("Paused: \(reason)", "warn", "No call comes. Press Ready to go on.")
            } else {
                DeskWords("Connecting", "calm", "The page is being taken for your presence.")
            }
        case .ready: DeskWords("Ready", "good", "The next call comes by itself.")
        case .reserved:
            status.offerUntil == nil
                ? DeskWords("A call is coming", "good", "The number is checked against the rules.")
                : DeskWords("Next contact", "good", "Read the card, then Dial or Skip.")
        case .dialing: DeskWords("Calling", "good")
        case .inCall: DeskWords("In call", "good")
        case .held: DeskWords("On hold", "warn", "The other side hears nothing of you.")
        case .wrapUp:
            DeskWords(
                "Wrap-up", "calm",
                status.isDisposed
                    ? "The disposition is saved. The next call comes when the wrap-up ends; press Ready to go on now."
                    : "Say what came of the call; then the next one comes by itself.")
        case .busyByHand:
            status.incoming == nil
                ? DeskWords("Phone in use", "warn", "Offhook does not dial while another call is on the phone.")
                : DeskWords("Somebody calls you", "good")
        case .dnd: DeskWords("Do not disturb", "warn", "The phone takes no calls; switch that off to go on.")
        case .unregistered:
            DeskWords("The phone has no line", "bad", "It is not registered with the telephone system; tell a manager.")
        case .unreachable: DeskWords("The phone does not answer", "bad", "Is it on and connected? \(status.detail)")
        case .lockedOut:
            DeskWords("The phone refuses Offhook", "bad", "Its passcode has to be mended by an administrator.")
        }
    }
}
