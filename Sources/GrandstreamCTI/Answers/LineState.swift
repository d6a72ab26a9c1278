/// The state of a line, as the phone words it.
///
/// The guide shows `idle` alone. The other known words were seen on GXP phones; of a DP base only `idle` and the empty
/// word are known. Any other word means a line in use of which no more can be said.
public struct LineState: OpenWord {
    /// The words seen on phones or listed by the vendor.
    public enum Known: String, Sendable, Hashable, CaseIterable {
        /// Nothing on the line.
        case idle
        /// Digits are being entered, nothing was sent.
        case dialing
        /// An outgoing call that nobody has answered; ringing and early media look the same.
        case calling
        /// An incoming call.
        case ringing
        /// An answered call.
        case connected
        /// An answered call on hold.
        case onhold
        /// An outgoing call that failed: busy, rejected, unreachable and wrong number look alike.
        case failed
        /// The vendor's spelling of a transferred call.
        case transfered
        /// A call about to end.
        case ending
        /// A call being transferred.
        case transfer
        /// A conference.
        case conference
        /// Paging.
        case paging
        /// The far end rings.
        case ringback
        /// A call by IP address.
        case ipcall
    }

    /// The word as it came.
    public let rawValue: String

    /// Keeps a word as it came.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A state with a known meaning.
    public init(_ known: Known) {
        rawValue = known.rawValue
    }

    /// Nothing on the line.
    public static let idle = LineState(.idle)
    /// Digits are being entered, nothing was sent.
    public static let dialing = LineState(.dialing)
    /// An outgoing call that nobody has answered.
    public static let calling = LineState(.calling)
    /// An incoming call.
    public static let ringing = LineState(.ringing)
    /// An answered call.
    public static let connected = LineState(.connected)
    /// An answered call on hold.
    public static let onhold = LineState(.onhold)
    /// An outgoing call that failed.
    public static let failed = LineState(.failed)
}
