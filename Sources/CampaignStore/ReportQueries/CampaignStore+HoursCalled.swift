import Campaigns
import GRDB

/// Between which hours of their own clock the contacts of an area were called.
public struct HoursCalled: Sendable, Hashable {
    /// 0 for calls of no campaign.
    public var campaign: Int64
    /// 0 where it was not known.
    public var area: Int64
    /// The hour of the day, 0 to 23, in which the earliest call fell; nil where no call's clock was known.
    public var earliest: Int?
    /// The hour of the day, 0 to 23, in which the latest call fell.
    public var latest: Int?
    /// Calls that count, those of no known clock included.
    public var calls: Int
    /// Calls that count whose clock was not known.
    public var unclocked: Int

    /// Hours from their parts.
    public init(campaign: Int64, area: Int64, earliest: Int?, latest: Int?, calls: Int, unclocked: Int) {
        self.campaign = campaign
        self.area = area
        self.earliest = earliest
        self.latest = latest
        self.calls = calls
        self.unclocked = unclocked
    }
}

extension CampaignStore {
    /// The earliest and the latest hour of calls that count, by campaign and area. Lists, agents and stations of the scope do not
    /// matter; its ends are at full quarter hours.
    public func hoursCalled(in scope: ReportScope) throws -> [HoursCalled] {
        let counted = Outcome.allCases.filter(\.countsForCaps).map(\.rawValue).joined(separator: " + ")
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT campaign_id, area_id, min(iif(local_hour < 0, NULL, local_hour % 24)),
                        max(iif(local_hour < 0, NULL, local_hour % 24)), sum(\(counted)),
                        sum(iif(local_hour < 0, \(counted), 0))
                    FROM \(RollupStretch.of(CallRollup.areas.table, scope))
                    WHERE \(scope.inCampaigns("campaign_id")) AND \(counted) > 0
                    GROUP BY 1, 2
                    """
            ).map {
                HoursCalled(
                    campaign: $0[0], area: $0[1], earliest: $0[2], latest: $0[3], calls: $0[4], unclocked: $0[5])
            }
        }
    }
}
