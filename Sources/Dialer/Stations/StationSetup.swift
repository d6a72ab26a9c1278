import Campaigns
import PhoneNumbers

/// What a station is, from the configuration.
public struct StationSetup: Sendable, Hashable {
    public var name: String
    public var device: String
    public var handset: Int?
    public var family: PhoneFamily
    public var dialWith: DialMethod
    public var account: Int
    public var trunk: String?
    public var dial: DialPlanOverride
    public var words: WordMap
    /// When its last call before this run ended, wrap-up included; nil for none that matters.
    public var lastEnd: Instant?
    /// Counts how often the phone behind it was exchanged while the engine ran: what another phone showed does not count.
    public var exchanges = 0

    /// A station from its parts.
    public init(
        name: String, device: String, handset: Int?, family: PhoneFamily, dialWith: DialMethod, account: Int,
        trunk: String?, dial: DialPlanOverride, words: WordMap, lastEnd: Instant? = nil
    ) {
        self.name = name
        self.device = device
        self.handset = handset
        self.family = family
        self.dialWith = dialWith
        self.account = account
        self.trunk = trunk
        self.dial = dial
        self.words = words
        self.lastEnd = lastEnd
    }
}
