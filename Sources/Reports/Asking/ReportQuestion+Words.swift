import CallingRules
import CampaignStore
import Campaigns

extension ReportQuestion {
    /// The stretch before, where there can be anything in it.
    public var comparable: ReportScope? { scope.from > ReportPeriod.everything.from ? before : nil }

    /// What the report covers, in words: dates, zone, filters.
    public func subtitle(_ names: CallNames) -> String {
        var parts = [Self.words(from: scope.from, to: scope.to, on: clock)]
        if let campaigns = scope.campaigns {
            let known = campaigns.map { names.campaign($0.value) }.sorted()
            parts.append("\(known.count == 1 ? "campaign" : "campaigns") \(known.joined(separator: ", "))")
        }
        if let list = scope.list { parts.append("list \(names.list(list))") }
        if let agent = scope.agent { parts.append("agent \(agent)") }
        if let station = scope.station { parts.append("station \(station)") }
        if let place { parts.append("place \(place.uppercased())") }
        return parts.joined(separator: "; ")
    }

    /// A stretch of time in words: `2026-11-01 to 2026-11-07, clock of America/New_York`.
    public static func words(from: Instant, to: Instant, on clock: ZoneClock) -> String {
        let all = ReportPeriod.everything
        let zone = "clock of \(clock.name)"
        if from <= all.from, to >= all.to { return "All time, \(zone)" }
        let first = clock.local(at: from)
        let last = clock.local(at: to)
        let date = { (day: Int64) in CivilDate(daysSince1970: day).text }
        let isMidnight = { (instant: Instant, time: LocalTime) in clock.instant(day: time.day, minute: 0) == instant }
        let time = { (time: LocalTime) in "\(date(time.day)) \(WeeklyWindows.clock(time.minuteOfDay))" }
        let start = isMidnight(from, first) ? date(first.day) : time(first)
        let end = isMidnight(to, last) ? date(last.day - 1) : time(last)
        if from <= all.from { return "Until \(end), \(zone)" }
        return start == end ? "\(start), \(zone)" : "\(start) to \(end), \(zone)"
    }
}

extension CallNames {
    /// A campaign's name; `none` for calls of no campaign.
    public func campaign(_ id: Int64) -> String { id == 0 ? "none" : campaigns[id] ?? "campaign \(id)" }

    /// A list's name after its campaign's; `none` for calls of no list.
    public func list(_ id: Int64) -> String {
        guard id != 0 else { return "none" }
        guard let list = lists[id] else { return "list \(id)" }
        return "\(campaign(list.campaign)) / \(list.name)"
    }
}
