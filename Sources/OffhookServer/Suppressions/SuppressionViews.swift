import CampaignStore
import Campaigns

/// A number or prefix to put on the do-not-call list.
public struct SuppressionBody: Codable, Sendable, Hashable {
    /// A number, or a prefix such as `+1201*`.
    public var number: String?
    /// Limits the entry to one campaign; left out for everywhere.
    public var campaignId: Int64?
    /// Where it comes from; `by hand` where it is left out.
    public var source: String?
    /// When it ends by itself: a date, or an instant of ISO 8601.
    public var until: String?
    /// In which a national number is read.
    public var region: String?
    /// Means it, although it touches more than 100 contacts.
    public var confirm: Bool?
}

/// An entry of the do-not-call list.
public struct SuppressionView: Codable, Sendable, Hashable {
    /// `+12015550123`, or `+1201*`.
    public var number: String
    /// The campaign it is limited to; nil for everywhere.
    public var campaign: String?
    public var source: String
    public var addedAt: String
    public var endsAt: String?

    init(_ entry: SuppressionEntry) {
        number = entry.subject.description
        campaign = entry.campaign
        source = entry.source
        addedAt = entry.addedAt.iso8601
        endsAt = entry.endsAt?.iso8601
    }
}

/// Entries of the do-not-call list.
public struct SuppressionListView: Codable, Sendable, Hashable {
    public var entries: [SuppressionView]
}

/// What adding an entry did.
public struct SuppressionAddedView: Codable, Sendable, Hashable {
    public var number: String
    /// Whether it was not on the list before.
    public var isNew: Bool
    /// Contacts that hold a number it covers, of the campaigns that may be seen.
    public var contacts: Int
}

/// A source of do-not-call entries.
public struct SuppressionSourceView: Codable, Sendable, Hashable {
    /// Its name; empty for entries that were added one by one.
    public var name: String
    /// The campaign it is limited to; nil for everywhere.
    public var campaign: String?
    public var file: String?
    public var entries: Int
    public var loadedAt: String
    /// As of when it is up to date.
    public var currentAt: String
    public var daysOld: Int

    init(_ source: SuppressionSource, at now: Instant) {
        name = source.name
        campaign = source.campaign
        file = source.file
        entries = source.entries
        loadedAt = source.loadedAt.iso8601
        currentAt = source.currentAt.iso8601
        daysOld = Int(now.since(source.currentAt) / .seconds(86_400))
    }
}

/// Where entries come from.
public struct SuppressionSourcesView: Codable, Sendable, Hashable {
    public var sources: [SuppressionSourceView]
}
