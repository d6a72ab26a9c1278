import CampaignStore
import Campaigns
import Foundation
import Hummingbird

/// Time as a viewer reads it: in their zone, with the zone's name.
public struct ViewerTime: Sendable {
    public let zone: TimeZone

    /// The zone of the user's settings, else the browser's, else the default of the settings.
    public init(_ request: Request, _ context: ServeContext) {
        zone =
            context.identity?.user.timeZone.flatMap(TimeZone.init(identifier:)) ?? ZoneCookie.zone(of: request)
            ?? context.defaultZone
    }

    /// A zone by itself.
    public init(zone: TimeZone) {
        self.zone = zone
    }

    /// Such as `24 Nov 2026, 14:05 CET`.
    public func full(_ instant: Instant) -> String { "\(format(instant, "d MMM yyyy, HH:mm")) \(name(at: instant))" }

    /// Such as `14:05:09 CET`.
    public func clock(_ instant: Instant) -> String { "\(format(instant, "HH:mm:ss")) \(name(at: instant))" }

    /// What a template shows in a `<time>`: `iso` for its attribute, `text` for people.
    public func element(_ instant: Instant) -> [String: String] { ["iso": instant.iso8601, "text": full(instant)] }

    private func name(at instant: Instant) -> String { zone.abbreviation(for: instant.date) ?? zone.identifier }

    private func format(_ instant: Instant, _ pattern: String) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_GB")
        formatter.timeZone = zone
        formatter.dateFormat = pattern
        return formatter.string(from: instant.date)
    }
}
