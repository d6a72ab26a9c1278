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
            // Put together here: SQLite would sort hundreds of thousands of rows for it.
            let rows = try BulkStatement(
                database,
                """
                SELECT campaign_id, area_id, local_hour, \(counted) AS calls
                FROM \(RollupStretch.of(CallRollup.areas.table, scope))
                WHERE \(scope.inCampaigns("campaign_id")) AND calls > 0
                """)
            var found: [HoursCalled.Place: HoursCalled.Sum] = [:]
            // Rows of an area stand together, a day at a time.
            var (place, sum) = (HoursCalled.Place(campaign: -1, area: -1), HoursCalled.Sum())
            try rows.forEach { row in
                let next = HoursCalled.Place(campaign: row[0], area: row[1])
                if next != place {
                    found[place, default: HoursCalled.Sum()].add(sum)
                    (place, sum) = (next, HoursCalled.Sum())
                }
                sum.add(hour: row[2], calls: row[3])
            }
            found[place, default: HoursCalled.Sum()].add(sum)
            return found.filter { $0.value.calls > 0 }.map { place, sum in
                HoursCalled(
                    campaign: place.campaign, area: place.area, earliest: sum.latest < 0 ? nil : Int(sum.earliest),
                    latest: sum.latest < 0 ? nil : Int(sum.latest), calls: Int(sum.calls), unclocked: Int(sum.unclocked)
                )
            }.sorted { ($0.campaign, $0.area) < ($1.campaign, $1.area) }
        }
    }
}

extension HoursCalled {
    fileprivate struct Place: Hashable {
        var campaign: Int64
        var area: Int64
    }

    /// Hours of the day; there are none where the latest is negative.
    fileprivate struct Sum {
        var earliest: Int64 = 24
        var latest: Int64 = -1
        var calls: Int64 = 0
        var unclocked: Int64 = 0

        /// Takes in calls of an hour of the week, which is negative where it was not known.
        mutating func add(hour: Int64, calls: Int64) {
            self.calls += calls
            if hour < 0 {
                unclocked += calls
            } else {
                earliest = min(earliest, hour % 24)
                latest = max(latest, hour % 24)
            }
        }

        mutating func add(_ other: Sum) {
            earliest = min(earliest, other.earliest)
            latest = max(latest, other.latest)
            calls += other.calls
            unclocked += other.unclocked
        }
    }
}
