import CampaignStore
import Campaigns

/// What a watched call asks for.
public enum WatchAction: Sendable, Hashable {
    /// Our line was found in use.
    case seen(line: Int)
    /// Our line was found connected.
    case connected(line: Int)
    /// Tell the phone to cancel the call on this line: the poll just now still showed it.
    case cancel(line: Int)
    /// Tell the phone to end the call on this line: the poll just now still showed it.
    case endCall(line: Int)
    /// The call is over.
    case finished(CallEnding)
}

/// Follows one attempt from its command to its end: a state machine that knows neither phone nor clock.
///
/// The interface has no call id and no cause code; what a line shows, and when, is all there is. The watch decides which line
/// is ours, cancels at the ring timeout, clears a failed line, and names the outcome with its evidence.
public struct CallWatch: Sendable, Hashable {
    /// How the attempt came to be watched.
    public enum Origin: Sendable, Hashable {
        /// We are dialling it.
        case dialled
        /// A restart found it open; it has to be found on the phone first.
        case restarted(line: Int?, connectedAt: Instant?)
    }

    /// How long a phone may vanish during a call before the attempt is given up as lost.
    public static let lostAfter: Duration = .seconds(30)
    /// How long a restart asks a phone that cannot be reached.
    public static let restartPatience: Duration = .seconds(300)
    /// How long `failed` may show before we tell the phone to let go.
    static let clearAfter: Duration = .seconds(2)
    /// How long clearing is tried before the line is left to a person.
    static let clearPatience: Duration = .seconds(10)
    /// A call that rang and ended in a gap between polls of this length may have been answered and talked in.
    static let hidesConversation: Duration = .seconds(5)
    /// A gap of this length hides a whole call, from its first ring on.
    static let hidesCall: Duration = .seconds(10)
    /// The least time between two cancels of the same call.
    static let cancelAgainAfter: Duration = .seconds(2)

    /// The attempt.
    public let attempt: AttemptID
    let family: PhoneFamily
    let dialled: DialledNumber
    let ringTimeout: Duration
    /// Lines that were idle before the command; only these can be ours.
    let idleBefore: Set<Int>
    /// When the command began to leave; the intent's instant after a restart.
    var startedAt: Instant
    var origin: Origin

    /// When the command was answered, or given up; nil while it is under way.
    var answeredAt: Instant?
    /// Our line, once it is known.
    public internal(set) var line: Int?
    /// When our line was first seen in use without an answer; the ring timeout runs from here.
    var ringingSince: Instant?
    /// Our line was seen calling: the number had been sent by then.
    var wasCalling = false
    /// When our line was first seen connected.
    public internal(set) var connectedAt: Instant?
    var isHeld = false
    var lastInUse: Instant?
    var lastConnected: Instant?
    var lastBeforeConnected: Instant?
    var lastPoll: Instant
    var unreachableSince: Instant?
    /// Since when the phone answers without our line.
    var lineGoneSince: Instant?
    /// The line must never be sent anything: an unreadable word, or a call that may not be ours.
    var isUntouchable = false
    var cancelledAt: Instant?
    var cancels = 0
    var mayHaveCancelled = false
    /// The next command to end an unanswered call is `endcall`: the one before was refused. Each is the other's second try.
    var endsByEndCall = false
    var failedAt: Instant?
    var clearings = 0
    var clearedAt: Instant?
    var sawLineTaken = false
    /// The phone answered the command with a plain error.
    var wasRefused = false
    /// Our line is only a guess: it rings, and an incoming call would look the same.
    var isGuess = false
    /// Our line has shown our number: a call on it without one is another.
    var hasShownNumber = false
    /// The agent hung up from the desk page.
    var wantsHangUp = false
    var hungUpAt: Instant?
    var hangUps = 0
    /// The attempt comes from a back-up: only a line that shows its number can be its call.
    var isFromBackup = false
    var evidence = Evidence()

    /// A call that is about to be dialled.
    public init(
        attempt: AttemptID, family: PhoneFamily, dialled: String, ringTimeout: Duration, linesBefore: [ObservedLine],
        startedAt: Instant
    ) {
        self.attempt = attempt
        self.family = family
        self.dialled = DialledNumber(dialled)
        self.ringTimeout = max(ringTimeout, DialSettings.ringFloor)
        idleBefore = Set(linesBefore.filter { $0.phase == .idle }.map(\.line))
        self.startedAt = startedAt
        lastPoll = startedAt
        origin = .dialled
    }

    /// A call that a restart found open.
    public init(
        restarted open: OpenAttempt, family: PhoneFamily, ringTimeout: Duration, words: WordMap, at now: Instant
    ) {
        attempt = open.id
        self.family = family
        dialled = DialledNumber(open.dialled)
        self.ringTimeout = max(ringTimeout, DialSettings.ringFloor)
        idleBefore = Set(open.linesBefore.filter { words.phase(of: $0.word) == .idle }.map(\.line))
        startedAt = open.intendedAt
        lastPoll = now
        answeredAt = now
        origin = .restarted(line: open.line, connectedAt: open.connectedAt)
        isFromBackup = open.isFromBackup
        if isFromBackup { evidence.note(.openAtRestore) }
    }

    /// Whether the call is still to be found on the phone after a restart, and the phone does not answer.
    var isReconcilingInVain: Bool { isReconciling && unreachableSince != nil }

    /// Whether the call is still to be found on the phone after a restart.
    public var isReconciling: Bool {
        if case .restarted = origin { true } else { false }
    }

    /// Whether our line is connected, held included.
    public var isConnected: Bool { connectedAt != nil && failedAt == nil }

    /// Whether our line is on hold.
    public var isOnHold: Bool { isConnected && isHeld }
}
