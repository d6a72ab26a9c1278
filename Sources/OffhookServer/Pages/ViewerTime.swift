import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Hummingbird

/// Time as a viewer reads it: in their zone, with the zone's name.
public struct ViewerTime: Sendable {
    /// The clock of the viewer's zone.
    public let clock: ZoneClock

    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The zone of the user's settings, else the browser's, else the default of the settings.
    public init(_ request: Request, _ context: ServeContext) {
        let own = context.identity?.user.timeZone.flatMap(context.zones.zone)
        clock = ZoneClock(own ?? ZoneCookie.zone(of: request, in: context.zones) ?? context.defaultZone)
    }

    /// A clock by itself.
    public init(_ clock: ZoneClock) {
        self.clock = clock
    }

    /// Such as `24 Nov 2026, 14:05 CET`.
    public func full(_ instant: Instant) -> String {
        let local = clock.local(at: instant)
        let date = CivilDate(daysSince1970: local.day)
        return
            "\(date.day) \(Self.months[date.month - 1]) \(date.year), \(WeeklyWindows.clock(local.minuteOfDay)) \(name(at: instant))"
    }

    /// Such as `14:05:09 CET`.
    public func clock(_ instant: Instant) -> String {
        let local = clock.local(at: instant)
        let second = local.millisecondOfDay / 1000 % 60
        return "\(WeeklyWindows.clock(local.minuteOfDay)):\(second < 10 ? "0" : "")\(second) \(name(at: instant))"
    }

    /// What a template shows in a `<time>`: `iso` for its attribute, `text` for people.
    public func element(_ instant: Instant) -> [String: String] { ["iso": instant.iso8601, "text": full(instant)] }

    /// The beginning of the viewer's day at an instant.
    func startOfDay(_ instant: Instant) -> Instant { clock.instant(day: clock.local(at: instant).day, minute: 0) }

    /// `CET`; a zone whose time has no name has an offset in its place: `UTC-03`.
    private func name(at instant: Instant) -> String {
        let name = clock.zone.abbreviation(at: instant.wholeSeconds)
        return name.hasPrefix("+") || name.hasPrefix("-") ? "UTC\(name)" : name
    }
}
