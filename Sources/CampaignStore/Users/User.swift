import Campaigns

/// The database's name for a user.
public struct UserID: Hashable, Sendable, Codable, Comparable {
    public let value: Int64
    /// An identifier as stored.
    public init(_ value: Int64) { self.value = value }
    /// By value.
    public static func < (left: UserID, right: UserID) -> Bool { left.value < right.value }
}

/// What a user may do; each role may do what the ones before it may, but for sitting at a station.
public enum UserRole: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Takes calls at a station.
    case agent
    /// Runs campaigns, lists and the floor.
    case manager
    /// Keeps phones, users and settings.
    case administrator

    private var rank: Int {
        switch self {
        case .agent: 0
        case .manager: 1
        case .administrator: 2
        }
    }

    /// Fewer rights are less.
    public static func < (left: UserRole, right: UserRole) -> Bool { left.rank < right.rank }
}

/// A person who logs in.
public struct User: Sendable, Hashable {
    public var id: UserID
    /// What is typed to log in; unique whatever its case. It is also the agent's name at a station.
    public var name: String
    public var displayName: String
    public var role: UserRole
    /// The campaigns that a manager is limited to; nil for all.
    public var campaigns: Set<CampaignID>?
    /// The IANA zone in which pages show time; nil for the browser's.
    public var timeZone: String?
    /// The station at which an agent sat last.
    public var station: String?
    public var createdAt: Instant
    /// Since when the user cannot log in; nil where they can.
    public var disabledAt: Instant?
    /// Whether a password was ever set.
    public var hasPassword: Bool
    /// Counts the changes, for edits that must not overwrite another's.
    public var version: Int64

    /// Whether the user may log in.
    public var isEnabled: Bool { disabledAt == nil }

    /// Whether the user may see a campaign.
    public func maySee(_ campaign: CampaignID) -> Bool { campaigns?.contains(campaign) ?? true }
}

/// A user as they are to be stored.
public struct UserSettings: Sendable, Hashable {
    public var name: String
    public var displayName: String
    public var role: UserRole
    /// The campaigns that a manager is limited to; nil for all.
    public var campaigns: Set<CampaignID>?
    public var timeZone: String?

    /// Settings from their parts.
    public init(
        name: String, displayName: String, role: UserRole, campaigns: Set<CampaignID>? = nil, timeZone: String? = nil
    ) {
        self.name = name
        self.displayName = displayName
        self.role = role
        self.campaigns = campaigns
        self.timeZone = timeZone
    }

    /// Settings that can be stored: without spaces around, and within their lengths.
    ///
    /// - Throws: `StoreError.refused`, a sentence.
    func checked() throws -> UserSettings {
        var checked = self
        // What is far too long is looked at no further than it takes to refuse it.
        checked.name = NameText.cut(name, to: 4 * NameText.mostOfName).trimmed
        let shown = NameText.cut(displayName, to: 4 * NameText.mostOfDisplayName).trimmed
        checked.displayName = shown.isEmpty ? checked.name : shown
        let allowed = checked.name.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "._-@+".unicodeScalars.contains(scalar)
        }
        guard (1...NameText.mostOfName).contains(checked.name.unicodeScalars.count), allowed else {
            throw StoreError.refused(
                "A user's name has 1 to 64 letters, digits, dots, dashes, underscores, @ or +; choose another than “\(NameText.logged(name, to: NameText.mostOfName))”."
            )
        }
        guard checked.displayName.unicodeScalars.count <= NameText.mostOfDisplayName else {
            throw StoreError.refused("A display name has at most 100 characters; shorten it.")
        }
        guard !NameText.hasUnfitScalars(checked.displayName) else {
            throw StoreError.refused(
                "A display name is one line of text without control characters; type it anew instead of pasting it.")
        }
        return checked
    }
}

extension String {
    /// Without white space around it.
    var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
