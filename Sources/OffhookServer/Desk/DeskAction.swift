import Campaigns
import Dialer

/// Something that an agent can do from the desk: a button, and a key of the keyboard.
struct DeskAction: Codable, Sendable, Hashable {
    /// What the page knows it by.
    var id: String
    var label: String
    /// The key that presses it; empty for none.
    var key: String
    var isEnabled: Bool
    /// Why it cannot be pressed now; nil where it can.
    var reason: String?

    private init(_ id: String, _ label: String, _ key: String, unless reason: String? = nil) {
        self.id = id
        self.label = label
        self.key = key
        self.reason = reason
        isEnabled = reason == nil
    }

    /// The actions of a station, in the order in which they are shown. What makes no sense in a state is left out; keys of the
    /// phone are always there, with the reason where they cannot be pressed.
    static func all(for status: StationStatus, family: PhoneFamily?) -> [DeskAction] {
        work(status) + offer(status) + incoming(status) + call(status) + keys(status, family) + after(status)
    }

    private static func work(_ status: StationStatus) -> [DeskAction] {
        let locked =
            status.state == .lockedOut ? "The phone refuses Offhook's passcode; ask an administrator." : nil
        let busy = status.attempt == nil ? nil : "A call is open: end it and say what came of it first."
        // A wrap-up whose disposition was said during the call ends with Ready.
        let pause = status.pausedReason == nil ? [DeskAction("pause", "Pause", "p")] : []
        let ready =
            status.pausedReason != nil || status.isDisposed ? [DeskAction("ready", "Ready", "r", unless: locked)] : []
        return ready + pause + [
            // No key: a slip must not take an agent from their place.
            DeskAction("leave", "Leave the station", "", unless: busy)
        ]
    }

    private static func offer(_ status: StationStatus) -> [DeskAction] {
        guard status.offerUntil != nil else { return [] }
        return [DeskAction("take", "Dial", "d"), DeskAction("skip", "Skip", "s")]
    }

    private static func incoming(_ status: StationStatus) -> [DeskAction] {
        guard status.incoming != nil else { return [] }
        let busy = status.state == .inCall || status.state == .dialing || status.otherCall != nil
        return [
            DeskAction("accept", "Accept", "a", unless: busy ? "End your call or put it on hold first." : nil),
            DeskAction("reject", "Reject", "j"),
        ]
    }

    private static func call(_ status: StationStatus) -> [DeskAction] {
        let connected = "This works during a call."
        let hangUp: String? =
            switch status.state {
            case .dialing, .inCall, .held: nil
            case .busyByHand where status.otherCall != nil: nil
            default: "There is no call of yours."
            }
        return [
            DeskAction("hang_up", "Hang up", "h", unless: hangUp),
            status.state == .held
                ? DeskAction("resume", "Resume", "o")
                : DeskAction("hold", "Hold", "o", unless: status.state == .inCall ? nil : connected),
        ]
    }

    private static func keys(_ status: StationStatus, _ family: PhoneFamily?) -> [DeskAction] {
        let isInCall = status.state == .inCall || status.state == .held
        let isThere = ![.unknown, .unreachable, .lockedOut].contains(status.state)
        let why = { (key: DeskKey) -> String? in
            guard let family else { return "The phone is not in use by Offhook." }
            guard key.isAvailable(on: family) else {
                return "\(family == .dp ? "A DP handset" : "This phone") offers this on its own keys alone."
            }
            if key.concernsCall { return isInCall ? nil : "This works during a call." }
            return isThere ? nil : "The phone does not answer."
        }
        let plain: [(DeskKey, String, String)] = [
            (.mute, "Mute", "m"), (.transfer, "Transfer", "t"), (.conference, "Conference", "c"),
            (.send, "Send", "Enter"),
            (.volumeDown, "Volume down", "-"), (.volumeUp, "Volume up", "+"), (.headset, "Headset", "e"),
            (.speaker, "Speaker", "u"),
        ]
        let keypad = DeskAction("keypad", "Keypad", "k", unless: isInCall ? nil : "This works during a call.")
        let doNotDisturb =
            family == .dp
            ? [
                DeskAction("do_not_disturb_on", "Do not disturb on", "z", unless: why(.doNotDisturbOn)),
                DeskAction("do_not_disturb_off", "Do not disturb off", "y", unless: why(.doNotDisturbOff)),
            ] : [DeskAction("do_not_disturb", "Do not disturb", "z", unless: why(.doNotDisturb))]
        return [keypad] + plain.map { DeskAction($0.0.rawValue, $0.1, $0.2, unless: why($0.0)) } + doNotDisturb
    }

    private static func after(_ status: StationStatus) -> [DeskAction] {
        let isFree = status.state == .ready
        let manual = DeskAction(
            "call", "Call a number", "g",
            unless: isFree ? nil : status.state == .paused ? "Press Ready first." : "The station is not free.")
        return status.wrapUpUntil == nil ? [manual] : [DeskAction("more_time", "More time", "w"), manual]
    }
}
