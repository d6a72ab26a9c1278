import Campaigns
import Eligibility
import PhoneNumbers

/// Who asked for an attempt.
public enum AttemptKind: String, Sendable, Codable, CaseIterable, Hashable {
    /// The dispatcher.
    case campaign
    /// The agent, for a contact that was shown.
    case preview
    /// The agent, for a contact of their choice.
    case manual
    /// The dispatcher, for a callback that was agreed.
    case callback
}

/// What is about to be dialled, where and how.
public struct IntentRequest: Sendable, Hashable {
    public var reservation: Reservation
    public var station: String
    /// Who sits at the station; nil where nobody is known to.
    public var agent: String?
    public var kind: AttemptKind
    /// The string that the phone will be given.
    public var dialled: String
    public var dialWith: DialMethod
    public var account: Int
    /// The phone's lines in the poll that made the station ready: line and word.
    public var linesBefore: [LineWord]

    /// A request from its parts; by default of the dispatcher's.
    public init(
        reservation: Reservation, station: String, agent: String? = nil, kind: AttemptKind? = nil, dialled: String,
        dialWith: DialMethod, account: Int,
        linesBefore: [LineWord]
    ) {
        self.reservation = reservation
        self.station = station
        self.agent = agent
        self.kind = kind ?? (reservation.isCallback ? .callback : .campaign)
        self.dialled = dialled
        self.dialWith = dialWith
        self.account = account
        self.linesBefore = linesBefore
    }
}

/// A line and the word that the phone showed for it.
public struct LineWord: Sendable, Hashable, Codable {
    public var line: Int
    public var word: String

    /// A line and its word.
    public init(line: Int, word: String) {
        self.line = line
        self.word = word
    }
}

/// The answer of the intent transaction.
public enum IntentResult: Sendable, Hashable {
    /// The attempt is written down; the command must follow within 2 s.
    case recorded(AttemptID)
    /// A rule forbids it; the contact was put back.
    case denied(EligibilityVerdict)
}

/// An attempt that is not settled, as a restart finds it.
public struct OpenAttempt: Sendable, Hashable {
    public var id: AttemptID
    public var campaign: CampaignID?
    public var contact: ContactID?
    public var number: PhoneNumber
    public var dialled: String
    public var station: String
    public var phase: AttemptPhase
    public var linesBefore: [LineWord]
    public var line: Int?
    public var intendedAt: Instant
    public var connectedAt: Instant?
    public var outcome: Outcome?
    /// What its agent said of it already; nil for nothing.
    public var said: SaidDisposition?
    /// Whether it comes from a back-up that was put in place: the line it was on may show another call by now.
    public var isFromBackup: Bool

    /// An open attempt from its parts.
    public init(
        id: AttemptID, campaign: CampaignID?, contact: ContactID?, number: PhoneNumber, dialled: String,
        station: String, phase: AttemptPhase, linesBefore: [LineWord], line: Int?, intendedAt: Instant,
        connectedAt: Instant?, outcome: Outcome?, said: SaidDisposition? = nil, isFromBackup: Bool = false
    ) {
        self.id = id
        self.campaign = campaign
        self.contact = contact
        self.number = number
        self.dialled = dialled
        self.station = station
        self.phase = phase
        self.linesBefore = linesBefore
        self.line = line
        self.intendedAt = intendedAt
        self.connectedAt = connectedAt
        self.outcome = outcome
        self.said = said
        self.isFromBackup = isFromBackup
    }
}

/// How a call ended, as the watcher saw it.
public struct CallEnding: Sendable, Hashable {
    public var outcome: Outcome
    public var endedAt: Instant
    /// Time from the command to the answer or the end; nil where no line was seen.
    public var ring: Duration?
    /// Time connected; nil where it was not.
    public var talk: Duration?
    public var evidence: Evidence

    /// An ending from its parts.
    public init(outcome: Outcome, endedAt: Instant, ring: Duration?, talk: Duration?, evidence: Evidence) {
        self.outcome = outcome
        self.endedAt = endedAt
        self.ring = ring
        self.talk = talk
        self.evidence = evidence
    }
}
