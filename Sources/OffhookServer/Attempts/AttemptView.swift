import CampaignStore
import Campaigns
import PhoneNumbers
import Reports

/// An attempt as programs see it.
public struct AttemptView: Codable, Sendable, Hashable {
    public var id: Int64
    public var kind: String
    public var phase: String
    public var campaign: String?
    public var campaignId: Int64?
    public var list: String?
    public var contactId: Int64?
    public var number: String?
    public var dialled: String
    public var station: String
    public var agent: String?
    public var pass: Int
    public var intendedAt: String
    public var commandedAt: String?
    public var connectedAt: String?
    public var endedAt: String?
    public var settledAt: String?
    public var outcome: String?
    public var disposition: String?
    public var dispositionClass: String?
    public var note: String?
    public var isAgentAbsent: Bool
    public var ringMs: Int64?
    public var talkMs: Int64?
    /// What was seen of the call, in one line.
    public var evidence: String?
    public var zone: String?
    /// The release of the time zone data by which the hours were judged, such as `2026f`.
    public var zoneData: String?
    public var rulePack: String
    public var rulePackVersion: String
    /// What follows for the contact, a sentence.
    public var followUp: String?
    /// The rules that let the call through, each with the facts it used.
    public var letThroughBy: [LetThrough]

    /// A rule that allowed a call.
    public struct LetThrough: Codable, Sendable, Hashable {
        public var rule: String
        public var facts: String
    }

    /// An attempt from its row.
    public init(_ row: AttemptRow) {
        id = row.attempt
        kind = row.kind
        phase = row.phase
        campaign = row.campaign
        campaignId = row.campaignID?.value
        list = row.list
        contactId = row.contact
        number = row.number?.e164
        dialled = row.dialled
        station = row.station
        agent = row.agent
        pass = row.pass
        intendedAt = row.intendedAt.iso8601
        commandedAt = row.commandedAt?.iso8601
        connectedAt = row.connectedAt?.iso8601
        endedAt = row.endedAt?.iso8601
        settledAt = row.settledAt?.iso8601
        outcome = row.outcome
        disposition = row.disposition
        dispositionClass = row.dispositionClass
        note = row.note
        isAgentAbsent = row.agentAbsent
        ringMs = row.ringMilliseconds
        talkMs = row.talkMilliseconds
        evidence = row.evidence.map(AttemptReport.sentence)
        zone = row.zone
        zoneData = row.zoneData
        rulePack = row.rulePack
        rulePackVersion = row.rulePackVersion
        followUp = row.followUp
        letThroughBy = row.allowedBy.filter { $0.count == 2 }.map { LetThrough(rule: $0[0], facts: $0[1]) }
    }
}

/// A piece of the list of attempts, the latest first.
struct AttemptList: Codable, Sendable {
    var items: [AttemptView]
    var next: String?
}

/// What is said of a call that is over.
struct AttemptChange: Codable, Sendable {
    /// The code of one of the campaign's dispositions.
    var disposition: String
    var note: String?
    /// When to call back: on the contact's clock, or an instant.
    var callback: String?
}

/// What came of a change of disposition.
struct ChangedAttempt: Codable, Sendable {
    var attempt: AttemptView
    /// Whether what follows was decided anew.
    var isDecidedAnew: Bool
    /// What follows, or why it stays as it was.
    var sentence: String
}
