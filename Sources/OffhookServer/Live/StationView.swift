import PhoneNumbers
import CampaignStore
import Campaigns
import Dialer

/// A station as pages and programs see it.
public struct StationView: Codable, Sendable, Hashable {
    /// A call that is not ours.
    public struct Incoming: Codable, Sendable, Hashable {
        public var line: Int
        public var number: String?
    }

    public var name: String
    public var state: String
    public var detail: String
    public var agent: String?
    public var isStaffed: Bool
    public var pausedReason: String?
    public var since: String?
    public var retryAt: String?
    public var campaignId: Int64?
    public var attemptId: Int64?
    public var contactId: Int64?
    public var number: String?
    public var dialledAt: String?
    public var connectedAt: String?
    public var wrapUpUntil: String?
    public var offerUntil: String?
    public var incoming: Incoming?
    /// A call under way that is not ours.
    public var otherCall: Incoming?
    /// What was said already of the call that is open, by the disposition's code.
    public var saidCode: String?

    /// A station as an identity may see it: whom it calls is told only to those who may see the campaign.
    init(_ status: StationStatus, for identity: Identity) {
        let isOpen = status.campaign == nil || identity.maySee(status.campaign)
        name = status.name
        state = status.state.rawValue
        detail = status.detail
        agent = status.agent
        isStaffed = status.isStaffed
        pausedReason = status.pausedReason
        since = status.since?.iso8601
        retryAt = status.retryAt?.iso8601
        campaignId = isOpen ? status.campaign?.value : nil
        attemptId = isOpen ? status.attempt?.value : nil
        contactId = isOpen ? status.contact?.value : nil
        number = isOpen ? status.number?.e164 : nil
        dialledAt = status.dialledAt?.iso8601
        connectedAt = status.connectedAt?.iso8601
        wrapUpUntil = status.wrapUpUntil?.iso8601
        offerUntil = status.offerUntil?.iso8601
        incoming = status.incoming.map { Incoming(line: $0.line, number: $0.number) }
        otherCall = status.otherCall.map { Incoming(line: $0.line, number: $0.number) }
        saidCode = isOpen ? status.saidCode : nil
    }
}

/// How the floor as a whole stands.
public struct FloorSummary: Codable, Sendable, Hashable {
    public var now: String
    public var stations: [String: Int]
    public var outcomes: [String: Int]
    public var callsLastMinute: Int
    public var contactsTotal: Int
    public var contactsRemaining: Int
    public var nextDue: String?
    /// What holds campaigns back now, each a sentence.
    public var held: [String]
    /// Why no call is placed although some could be.
    public var trouble: String?
    /// That polls and calls are late, and what to do; nil while they are in time.
    public var late: String?
    public var isStopping: Bool

    init(_ status: EngineStatus) {
        now = status.now.iso8601
        stations = Dictionary(status.stations.map { ($0.state.rawValue, 1) }, uniquingKeysWith: +)
        outcomes = Dictionary(uniqueKeysWithValues: status.outcomes.map { ($0.key.rawValue, $0.value) })
        callsLastMinute = status.callsLastMinute
        contactsTotal = status.contacts.total
        contactsRemaining = status.contacts.remaining
        nextDue = status.nextDue?.iso8601
        held = status.held.map(\.reason.text)
        trouble = status.trouble
        late = status.late
        isStopping = status.isStopping
    }

    /// What somebody may know who is limited to some campaigns: what holds these back, and how far they are.
    ///
    /// - Parameter lastMinute: calls of these campaigns that began in the last minute.
    init(_ status: EngineStatus, campaigns: Set<String>, progress: [CampaignProgressView], lastMinute: Int) {
        self.init(status)
        callsLastMinute = lastMinute
        held = status.held.filter { campaigns.contains($0.campaign) }.map(\.reason.text)
        contactsTotal = progress.reduce(0) { $0 + $1.total }
        contactsRemaining = progress.reduce(0) { $0 + $1.remaining }
        outcomes = progress.reduce(into: [:]) { $0.merge($1.outcomes, uniquingKeysWith: +) }
        nextDue = nil
    }
}

/// An event of the journal as pages and programs see it.
public struct EventView: Codable, Sendable, Hashable {
    public var seq: Int64
    public var at: String
    public var event: String
    public var campaignId: Int64?
    public var contactId: Int64?
    public var attemptId: Int64?
    public var number: String?
    public var station: String?
    public var agent: String?
    public var detail: String?

    /// An event of the kind `test`, which stands in no journal.
    init(testOf campaign: CampaignID, at now: Instant) {
        seq = 0
        at = now.iso8601
        event = "test"
        campaignId = campaign.value
        detail = "sent to try the webhook"
    }

    /// An event from its entry.
    public init(_ entry: JournalEntry) {
        seq = entry.seq
        at = entry.at.iso8601
        event = entry.event
        campaignId = entry.campaign?.value
        contactId = entry.contact?.value
        attemptId = entry.attempt?.value
        number = entry.number?.e164
        station = entry.station
        agent = entry.agent
        detail = entry.detail
    }
}
