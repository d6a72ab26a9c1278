import Campaigns

/// What a report looks at: a stretch of time, and which part of the calls.
public struct ReportScope: Sendable, Hashable {
    /// The first instant that belongs to it.
    public var from: Instant
    /// The first instant after it.
    public var to: Instant
    /// Only these campaigns; nil for all, and for calls of no campaign.
    public var campaigns: Set<CampaignID>?
    /// Only calls of one list, by its number.
    public var list: Int64?
    public var agent: String?
    public var station: String?
    /// Only calls to numbers in these areas, by their numbers; nil for all.
    public var areas: Set<Int64>?

    /// A scope from its parts. Where both ends are at full quarter hours, sums that are kept answer; otherwise every attempt is read.
    public init(
        from: Instant, to: Instant, campaigns: Set<CampaignID>? = nil, list: Int64? = nil, agent: String? = nil,
        station: String? = nil, areas: Set<Int64>? = nil
    ) {
        self.from = from
        self.to = to
        self.campaigns = campaigns
        self.list = list
        self.agent = agent
        self.station = station
        self.areas = areas
    }

    /// All calls that ever were, of some campaigns or all.
    public static func always(campaigns: Set<CampaignID>? = nil) -> ReportScope {
        // The first instant of 2100: a whole day, so that no quarter hours are read.
        ReportScope(
            from: Instant(milliseconds: 0), to: Instant(milliseconds: 4_102_444_800_000), campaigns: campaigns)
    }

    /// The same part of the calls in another stretch of time.
    public func during(_ from: Instant, _ to: Instant) -> ReportScope {
        var other = self
        (other.from, other.to) = (from, to)
        return other
    }

    var isAtQuarterHours: Bool {
        let quarter = RollupSpan.quarterHour.milliseconds
        return from.milliseconds % quarter == 0 && to.milliseconds % quarter == 0
    }

    /// By what the calls are narrowed, besides their time.
    var filters: Set<CallDimension> {
        var filters: Set<CallDimension> = []
        if campaigns != nil { filters.insert(.campaign) }
        if list != nil { filters.insert(.list) }
        if agent != nil { filters.insert(.agent) }
        if station != nil { filters.insert(.station) }
        if areas != nil { filters.insert(.area) }
        return filters
    }

    /// The campaigns as a condition on a column; ids are numbers, so that they need no arguments.
    func inCampaigns(_ column: String) -> String { campaigns.map { Self.any($0.map(\.value), column) } ?? "true" }

    /// The areas as a condition on a column.
    func inAreas(_ column: String) -> String { areas.map { Self.any($0, column) } ?? "true" }

    private static func any(_ ids: some Sequence<Int64>, _ column: String) -> String {
        "\(column) IN (\(ids.sorted().map(String.init).joined(separator: ", ")))"
    }
}

/// By what calls can be told apart.
public enum CallDimension: String, Sendable, CaseIterable, Hashable {
    case campaign, list, pass, agent, station, area
    /// The hour of the contact's week: 0 for Monday 00:00 to 167; -1 where its clock was not known.
    case localHour
    /// The quarter hour in which the call was intended.
    case quarterHour
}

/// What a group of calls has in common; what was not asked for is nil.
public struct CallGroup: Sendable, Hashable {
    /// 0 for calls of no campaign.
    public var campaign: Int64?
    /// 0 for calls of no list.
    public var list: Int64?
    /// 1 for the first call that counts; 20 stands for all later ones.
    public var pass: Int64?
    /// Empty where nobody sat at the station.
    public var agent: String?
    public var station: String?
    /// 0 where it was not known.
    public var area: Int64?
    public var localHour: Int64?
    public var quarterHour: Instant?

    /// A group from its parts.
    public init(
        campaign: Int64? = nil, list: Int64? = nil, pass: Int64? = nil, agent: String? = nil, station: String? = nil,
        area: Int64? = nil, localHour: Int64? = nil, quarterHour: Instant? = nil
    ) {
        self.campaign = campaign
        self.list = list
        self.pass = pass
        self.agent = agent
        self.station = station
        self.area = area
        self.localHour = localHour
        self.quarterHour = quarterHour
    }
}
