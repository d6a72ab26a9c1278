import Campaigns
import PhoneNumbers

/// A device as the engine uses it; its passcode is fetched on its own, when it is needed.
public struct StoredDevice: Sendable, Hashable {
    public var name: String
    public var family: PhoneFamily
    public var address: String
    public var certificate: CertificatePolicy
    public var dialWith: DialMethod
    public var account: Int
    public var trunk: String?
    public var dial: DialPlanOverride
    public var states: [String: LinePhase]
    /// Whether it may be at loopback, link-local and this computer's own addresses, as whoever applied it allowed.
    public var mayBeLocal = false
    public var stations: [StoredStation]
}

/// A station with what people have said of it.
public struct StoredStation: Sendable, Hashable {
    public var name: String
    public var handset: Int?
    /// Why a person paused it; nil when nobody did.
    public var pausedReason: String?
    /// When the phone refused our passcode; nil when it did not, or a person has seen to it.
    public var lockedOutAt: Instant?
    /// Who sits there; nil where nobody has said so.
    public var agent: String?
}

/// What `phones apply` changed.
public struct DeviceChanges: Sendable, Hashable {
    public var added: [String] = []
    public var updated: [String] = []
    public var unchanged: [String] = []
    public var removed: [String] = []
}

/// The columns of a device that few queries need, as one JSON document.
struct DeviceExtras: Codable {
    var certificate: CertificatePolicy
    var dial: DialPlanOverride
    var states: [String: LinePhase]
    /// Missing where it may not.
    var mayBeLocal: Bool?
    /// The folder that a passcode's file must be found in, where it may not be elsewhere.
    var passcodeFolder: String?
}
