import GRDB

/// The names of what calls are told apart by, by number.
public struct CallNames: Sendable, Hashable {
    /// A list's name and whose it is.
    public struct List: Sendable, Hashable {
        public var id: Int64
        public var campaign: Int64
        public var name: String

        /// A list from its parts.
        public init(id: Int64, campaign: Int64, name: String) {
            (self.id, self.campaign, self.name) = (id, campaign, name)
        }
    }

    public var campaigns: [Int64: String]
    public var lists: [Int64: List]

    /// Names from their parts.
    public init(campaigns: [Int64: String] = [:], lists: [Int64: List] = [:]) {
        (self.campaigns, self.lists) = (campaigns, lists)
    }
}

extension CampaignStore {
    /// The names of all campaigns, and of all lists that are there in full.
    public func callNames() throws -> CallNames {
        try read { database in
            var names = CallNames()
            for row in try Row.fetchAll(database, sql: "SELECT id, name FROM campaigns") {
                names.campaigns[row[0]] = row[1]
            }
            let lists = try Row.fetchAll(
                database, sql: "SELECT id, campaign_id, name FROM lists WHERE state <> 'loading'")
            for row in lists { names.lists[row[0]] = CallNames.List(id: row[0], campaign: row[1], name: row[2]) }
            return names
        }
    }
}
