import PhoneNumbers

/// The two families of phones that the guide describes.
public enum PhoneFamily: String, Sendable, Codable, CaseIterable, Hashable {
    /// A desk phone of the GXP16xx, GXP17xx or GXP21xx series.
    case gxp
    /// A DP750 base with its DP720 handsets.
    case dp
}

/// Where a phone's passcode comes from.
public enum PasscodeSource: Sendable, Hashable {
    /// An environment variable, read when the phone is used.
    case environment(String)
    /// A file, read when the phone is used.
    case file(String)
    /// A file within a folder, by its name there; read when the phone is used, and only where no link leads out of the folder.
    case fileWithin(folder: String, name: String)
    /// A plain string of the file; it is sealed before it reaches the database.
    case plain(String)
}

/// How far a phone's certificate is checked over https.
public enum CertificatePolicy: Sendable, Hashable, Codable {
    /// By the system's trusted authorities.
    case system
    /// One certificate only, by the SHA-256 fingerprint of its DER form.
    case pinned(String)
    /// Not at all; said on purpose.
    case unchecked
}

/// What phones.yaml says of one device.
public struct DeviceSettings: Sendable, Hashable {
    /// The name, unique among devices.
    public var name: String
    public var family: PhoneFamily
    /// `http://` or `https://` address of the phone.
    public var address: String
    public var passcode: PasscodeSource
    public var certificate: CertificatePolicy
    /// How its stations dial.
    public var dialWith: DialMethod
    /// The account to dial with, where the command has one; 0 is the first.
    public var account: Int
    /// The group of stations that it shares a limit of calls with.
    public var trunk: String?
    /// The paired handsets of a DP base, 1 to 10; empty for a GXP phone.
    public var handsets: [Int]
    /// The dial plan's keys, the file's own already merged in.
    public var dial: DialPlanOverride
    /// Words of this phone beside the known ones, lower case, to the state that they mean.
    public var states: [String: LinePhase]
    /// Whether it may be at loopback, link-local and this computer's own addresses: no file says so, only whoever applies it.
    public var mayBeLocal = false

    /// A device from its parts.
    public init(
        name: String, family: PhoneFamily, address: String, passcode: PasscodeSource,
        certificate: CertificatePolicy = .system, dialWith: DialMethod? = nil, account: Int = 0, trunk: String? = nil,
        handsets: [Int] = [], dial: DialPlanOverride = DialPlanOverride(), states: [String: LinePhase] = [:]
    ) {
        self.name = name
        self.family = family
        self.address = address
        self.passcode = passcode
        self.certificate = certificate
        self.dialWith = dialWith ?? (family == .gxp ? .sendKey : .makeCall)
        self.account = account
        self.trunk = trunk
        self.handsets = handsets
        self.dial = dial
        self.states = states
    }

    /// The stations that the device makes: itself, or `base-1/2` for each handset.
    public var stationNames: [(name: String, handset: Int?)] {
        family == .gxp ? [(name, nil)] : handsets.map { ("\(name)/\($0)", $0) }
    }
}

/// What a line is doing, as far as the program acts on it.
public enum LinePhase: String, Sendable, Codable, CaseIterable, Hashable {
    case idle
    /// Digits are being entered; nothing was sent yet.
    case dialing
    /// An outgoing call that is not answered.
    case calling
    /// An incoming call.
    case ringing
    case connected
    case onHold = "onhold"
    case failed
    /// In use, in a way the program cannot read: never cancelled, never ended by us.
    case inUse = "in_use"
}

/// What a phone's words mean.
public struct WordMap: Sendable, Hashable {
    /// The words seen on real phones (field notes, grades H and M), in lower case; the empty string is a free DP line.
    public static let known: [String: LinePhase] = [
        "": .idle, "idle": .idle, "dialing": .dialing, "calling": .calling, "ringing": .ringing,
        "connected": .connected, "onhold": .onHold, "failed": .failed,
    ]
    private let words: [String: LinePhase]

    /// The known words and those that a phone adds.
    public init(adding extra: [String: LinePhase] = [:]) {
        words = Self.known.merging(extra) { _, added in added }
    }

    /// The meaning of a word in any case; a word that is not mapped is `inUse`.
    public func phase(of word: String) -> LinePhase { words[word.lowercased()] ?? .inUse }

    /// Whether the word is mapped.
    public func isKnown(_ word: String) -> Bool { words[word.lowercased()] != nil }
}
