import CallingRules
import Campaigns
import PhoneNumbers

/// Everything about one contact and its next number that a rule may look at, read at one instant.
public struct EligibilityFacts: Sendable, Hashable {
    /// A do-not-call entry that covers the number.
    public struct SuppressionEntry: Sendable, Hashable {
        /// The campaign it is limited to; nil for everywhere.
        public var campaign: String?
        public var source: String
        public var addedAt: Instant

        /// An entry from its parts.
        public init(campaign: String?, source: String, addedAt: Instant) {
            self.campaign = campaign
            self.source = source
            self.addedAt = addedAt
        }
    }

    public var number: PhoneNumber
    public var area: Area
    public var contactState: ContactState
    /// Whether the campaign is started.
    public var campaignStarted: Bool
    /// Whether the contact's list is paused.
    public var listPaused: Bool
    /// The contact is not called before this.
    public var notBefore: Instant?
    /// Whether an agent said that this number is dead.
    public var numberDead: Bool
    public var suppressions: [SuppressionEntry]
    /// An attempt to this number that is open now, in any campaign.
    public var openAttempt: Int64?
    /// Every call that counts to any of the contact's numbers, and to every contact that shares one of them, in all campaigns,
    /// by hand where a phone showed it; in order.
    public var pastCalls: [PastCall]
    /// Attempts of this contact in this campaign that count, ever.
    public var totalAttempts: Int
    /// The contact's custom fields, name and value, which may hold its consent.
    public var fields: [[String]]
    /// Why the contact is parked: no time brings it back, only a person or a file; nil where it is not.
    public var parkedBecause: String?
    /// When each named source of do-not-call entries in scope was loaded last.
    public var registries: [String: Instant] = [:]
    /// The places that people closed.
    public var closures: [PlaceClosure] = []

    /// Facts from their parts.
    public init(
        number: PhoneNumber, area: Area, contactState: ContactState, campaignStarted: Bool, listPaused: Bool,
        notBefore: Instant?, numberDead: Bool, suppressions: [SuppressionEntry], openAttempt: Int64?,
        pastCalls: [PastCall], totalAttempts: Int, fields: [[String]] = []
    ) {
        self.number = number
        self.area = area
        self.contactState = contactState
        self.campaignStarted = campaignStarted
        self.listPaused = listPaused
        self.notBefore = notBefore
        self.numberDead = numberDead
        self.suppressions = suppressions
        self.openAttempt = openAttempt
        self.pastCalls = pastCalls
        self.totalAttempts = totalAttempts
        self.fields = fields
    }
}
