import CallingRules
import CampaignStore
import Campaigns

/// What a row is of: its words, and where it stands among the others.
struct GroupLabel: Hashable, Comparable {
    var order: Int64
    var text: String

    static func < (left: GroupLabel, right: GroupLabel) -> Bool {
        (left.order, left.text) < (right.order, right.text)
    }

    /// Named things stand by name, what has none at the end.
    private static func named(_ text: String) -> GroupLabel {
        GroupLabel(order: text == "none" ? 1 : 0, text: text)
    }

    /// An agent's name; `none` where nobody sat at the station.
    static func agent(_ name: String?) -> GroupLabel { named(name.flatMap { $0.isEmpty ? nil : $0 } ?? "none") }

    /// `09:00` for an hour of the day; nil for a time that was not known.
    static func hour(_ hourOfWeek: Int64) -> String? {
        hourOfWeek < 0 ? nil : WeeklyWindows.clock(Int(hourOfWeek % 24) * 60)
    }

    /// `Mon` for an hour of the week.
    static func weekday(_ hourOfWeek: Int64) -> String? {
        guard hourOfWeek >= 0, let day = Weekday(rawValue: Int(hourOfWeek / 24)) else { return nil }
        return weekday(day)
    }

    static func weekday(_ day: Weekday) -> String { day.shortName.prefix(1).uppercased() + day.shortName.dropFirst() }

    /// The label of a group under a grouping.
    ///
    /// - Parameter daysLater: added to days, so that the days of a period before stand beside those of the period.
    static func of(
        _ group: CallGroup, by grouping: ReportGrouping, _ names: CallNames, on clock: ZoneClock, daysLater: Int64 = 0
    ) -> GroupLabel {
        switch grouping {
        case .campaign: return named(names.campaign(group.campaign ?? 0))
        case .list: return named(names.list(group.list ?? 0))
        case .station: return named(group.station ?? "none")
        case .agent: return agent(group.agent)
        case .day:
            let day = clock.local(at: group.quarterHour ?? Instant(milliseconds: 0)).day + daysLater
            return GroupLabel(order: day, text: CivilDate(daysSince1970: day).text)
        case .hour:
            let hour = group.localHour ?? -1
            return GroupLabel(order: hour < 0 ? 24 : hour % 24, text: self.hour(hour) ?? "none")
        case .weekday:
            let hour = group.localHour ?? -1
            return GroupLabel(order: hour < 0 ? 7 : hour / 24, text: weekday(hour) ?? "none")
        }
    }
}

extension ReportGrouping {
    /// What the store is asked to tell apart.
    var dimensions: [CallDimension] {
        switch self {
        case .campaign: [.campaign]
        case .list: [.campaign, .list]
        case .day: [.quarterHour]
        case .hour, .weekday: [.localHour]
        case .station: [.station]
        case .agent: [.agent]
        }
    }
}
