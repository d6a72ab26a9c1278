import CallingRules
import Campaigns
import GRDB
import PhoneNumbers

/// A number that a campaign called often, with all calls that caps look at.
public struct MuchCalledNumber: Sendable, Hashable {
    public var campaign: CampaignID
    public var number: PhoneNumber
    /// Calls of the campaign to this number that count, in the last 24 hours.
    public var lastDay: Int
    /// Calls of the campaign to this number that count, in the last seven days.
    public var lastWeek: Int
    /// Where the number is; nil where the campaign holds it no more.
    public var area: Area?
    /// Every call to the contact that caps may count: by any of its numbers, in every campaign, by hand.
    public var pastCalls: [PastCall]

    /// A number from its parts.
    public init(
        campaign: CampaignID, number: PhoneNumber, lastDay: Int, lastWeek: Int, area: Area?, pastCalls: [PastCall]
    ) {
        self.campaign = campaign
        self.number = number
        self.lastDay = lastDay
        self.lastWeek = lastWeek
        self.area = area
        self.pastCalls = pastCalls
    }
}

/// The numbers of a campaign that were called most, and how far back was looked.
public struct MuchCalled: Sendable, Hashable {
    public var campaign: CampaignID
    public var numbers: [MuchCalledNumber]
    /// Where fewer than seven days were looked at, since the campaign called so much: from when on; else nil.
    public var isSince: Instant?

    /// Numbers from their parts.
    public init(campaign: CampaignID, numbers: [MuchCalledNumber], isSince: Instant? = nil) {
        self.campaign = campaign
        self.numbers = numbers
        self.isSince = isSince
    }
}

extension CampaignStore {
    /// The numbers that each campaign called most up to an instant: in 24 hours, then in seven days.
    ///
    /// Of each campaign at most so many of its latest attempts are looked at, by the index of its attempts in time.
    /// - Parameters:
    ///   - campaigns: only these; nil for all. Those that called nobody in seven days are missing.
    ///   - limit: most numbers a campaign.
    ///   - looking: most attempts that are looked at, shared out among the campaigns.
    public func muchCalled(
        in campaigns: Set<CampaignID>?, until now: Instant, limit: Int, lookingAtMost looking: Int = 200_000
    ) throws -> [MuchCalled] {
        let scope = ReportScope(from: now, to: now, campaigns: campaigns)
        return try read { database in
            let ids = try Int64.fetchAll(
                database, sql: "SELECT id FROM campaigns WHERE \(scope.inCampaigns("id")) ORDER BY id")
            let each = max(1, looking / max(1, ids.count))
            return try ids.compactMap {
                try Self.muchCalled($0, until: now, limit: limit, lookingAtMost: each, database)
            }
        }
    }

    private static func muchCalled(
        _ campaign: Int64, until now: Instant, limit: Int, lookingAtMost looking: Int, _ database: Database
    ) throws -> MuchCalled? {
        let (dayAgo, weekAgo) = (now - .seconds(86_400), now - .seconds(7 * 86_400))
        let arguments: StatementArguments = [
            "campaign": campaign, "now": now.milliseconds, "week": weekAgo.milliseconds, "looking": looking,
        ]
        // The oldest that is looked at, where there are more than that.
        let oldest = try Int64.fetchOne(
            database,
            sql: """
                SELECT intended_at FROM attempts WHERE campaign_id = :campaign AND intended_at > :week
                    AND intended_at <= :now
                ORDER BY intended_at DESC LIMIT 1 OFFSET :looking
                """, arguments: arguments)
        // Counted here: SQLite would sort the attempts for it.
        let attempts = try BulkStatement(
            database,
            """
            SELECT number, intended_at FROM attempts t INDEXED BY attempts_campaign
            WHERE campaign_id = \(campaign) AND intended_at > \(max(weekAgo.milliseconds, oldest ?? 0))
                AND intended_at <= \(now.milliseconds) AND (outcome IS NULL OR \(CallRollup.counts))
            """)
        var counts: [Int64: CallCount] = [:]
        try attempts.forEach { row in
            counts[row[0], default: CallCount(number: row[0])].add(isOfLastDay: row[1] > dayAgo.milliseconds)
        }
        let numbers = try counts.values.sorted().prefix(limit).compactMap { count -> MuchCalledNumber? in
            guard let number = PhoneNumber(digits: count.number) else { return nil }
            let held = try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT n.contact_id, a.* FROM numbers n JOIN areas a ON a.id = n.area_id
                        WHERE n.number = ? AND n.campaign_id = ?
                        """), arguments: [number.digits, campaign])
            let contact = (held?["contact_id"] as Int64?) ?? 0
            return MuchCalledNumber(
                campaign: CampaignID(campaign), number: number, lastDay: count.lastDay, lastWeek: count.lastWeek,
                area: held.map(Areas.area),
                pastCalls: try PastCallReader.calls(contact: contact, number: number.digits, database).calls)
        }
        guard !numbers.isEmpty else { return nil }
        return MuchCalled(
            campaign: CampaignID(campaign), numbers: numbers, isSince: oldest.map(Instant.init(milliseconds:)))
    }
}

/// How often a number was called; the most called first in order, by the last day and then the last week.
private struct CallCount: Comparable {
    var number: Int64
    var lastDay = 0
    var lastWeek = 0

    init(number: Int64) { self.number = number }

    mutating func add(isOfLastDay: Bool) {
        lastWeek += 1
        if isOfLastDay { lastDay += 1 }
    }

    static func < (left: CallCount, right: CallCount) -> Bool {
        (right.lastDay, right.lastWeek, left.number) < (left.lastDay, left.lastWeek, right.number)
    }
}
