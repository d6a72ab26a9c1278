import CampaignStore
import Campaigns
import Supervision

/// A campaign as pages and programs see it.
public struct CampaignView: Codable, Sendable, Hashable {
    public var id: Int64
    public var name: String
    public var state: String
    public var stateAt: String
    public var region: String
    public var rulePacks: [String]
    public var mode: String
    public var priority: Int
    public var version: Int64
    public var appliedAt: String

    init(_ stored: StoredCampaign) {
        id = stored.id.value
        name = stored.campaign.name
        state = stored.state.rawValue
        stateAt = stored.stateAt.iso8601
        region = stored.campaign.region
        rulePacks = stored.campaign.callingRules.packs
        mode = stored.campaign.pacing.mode.rawValue
        priority = stored.campaign.priority
        version = stored.version
        appliedAt = stored.appliedAt.iso8601
    }
}

/// A campaign with its file and script.
public struct CampaignFileView: Codable, Sendable, Hashable {
    public var campaign: CampaignView
    public var yaml: String
    public var script: String?

    init(_ stored: StoredCampaign) {
        campaign = CampaignView(stored)
        yaml = stored.yaml
        script = stored.script
    }
}

/// All campaigns that may be seen.
public struct CampaignListView: Codable, Sendable, Hashable {
    public var campaigns: [CampaignView]
}

/// A campaign's file and script as somebody wrote them.
public struct CampaignDraftBody: Codable, Sendable, Hashable {
    public var yaml: String
    public var script: String?
}

/// What a check of a campaign's file found.
public struct CampaignCheckView: Codable, Sendable, Hashable {
    /// A mistake, with its place.
    public struct Mistake: Codable, Sendable, Hashable {
        /// `campaign.yaml` or the script's name.
        public var file: String
        public var line: Int?
        public var message: String
    }

    /// Whether it can be stored.
    public var isWell: Bool
    /// The name in it; nil where it cannot be read.
    public var name: String?
    public var mistakes: [Mistake]
    /// What cannot work, or is odd.
    public var warnings: [String]
}

/// The state that a campaign is to be in.
public struct CampaignStateBody: Codable, Sendable, Hashable {
    /// `started`, `paused` or `archived`.
    public var state: String
}

/// How far a campaign is.
public struct CampaignProgressView: Codable, Sendable, Hashable {
    public var campaignId: Int64
    public var total: Int
    /// Contacts that may still be called some day.
    public var remaining: Int
    /// Contacts that only a person or a file can make callable.
    public var parked: Int
    /// Contacts by state.
    public var contacts: [String: Int]
    /// Attempts by outcome.
    public var outcomes: [String: Int]
    /// When this was counted.
    public var at: String
}

/// Why a campaign stands still.
public struct StandstillView: Codable, Sendable, Hashable {
    /// One thing in the way.
    public struct Cause: Codable, Sendable, Hashable {
        public var code: String
        public var text: String
        /// How many contacts it holds back; nil for what holds the campaign as a whole.
        public var contacts: Int?
    }

    public var campaignId: Int64
    public var campaign: String
    /// Contacts that may be called now.
    public var dialable: Int
    /// The first instant at which a contact may be called.
    public var earliest: String?
    public var causes: [Cause]
    /// When this was looked at.
    public var at: String

    init(_ standstill: Standstill, of id: CampaignID, at now: Instant) {
        campaignId = id.value
        campaign = standstill.campaign
        dialable = standstill.dialable
        earliest = standstill.earliest?.iso8601
        causes = standstill.causes.map { Cause(code: $0.code, text: $0.text, contacts: $0.contacts) }
        at = now.iso8601
    }
}

/// What was done to a campaign, and by whom.
public struct CampaignHistoryView: Codable, Sendable, Hashable {
    /// One act.
    public struct Act: Codable, Sendable, Hashable {
        public var at: String
        public var user: String?
        public var act: String
        /// Of a change of its file: the lines that went and came.
        public var detail: String?
    }

    public var acts: [Act]
}
