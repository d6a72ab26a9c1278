/// The database's name for a campaign.
public struct CampaignID: Hashable, Sendable, Codable, Comparable {
    public let value: Int64
    /// An identifier as stored.
    public init(_ value: Int64) { self.value = value }
    /// By value.
    public static func < (left: CampaignID, right: CampaignID) -> Bool { left.value < right.value }
}

/// The database's name for a contact.
public struct ContactID: Hashable, Sendable, Codable {
    public let value: Int64
    /// An identifier as stored.
    public init(_ value: Int64) { self.value = value }
}

/// The database's name for an attempt.
public struct AttemptID: Hashable, Sendable, Codable, Comparable {
    public let value: Int64
    /// An identifier as stored.
    public init(_ value: Int64) { self.value = value }
    /// By value, which is the order of the intents.
    public static func < (left: AttemptID, right: AttemptID) -> Bool { left.value < right.value }
}
