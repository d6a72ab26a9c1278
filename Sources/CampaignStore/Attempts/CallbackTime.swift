import CallingRules
import Campaigns

/// When a callback was agreed for.
public enum CallbackTime: Sendable, Hashable, Codable {
    /// An instant.
    case at(Instant)
    /// A time on the contact's own clock, `2026-11-24 15:30`.
    case local(LocalTime)

    /// Reads `2026-11-25 15:30` (the contact's own clock) or an instant of ISO 8601; nil where it is neither.
    public init?(_ text: String) {
        if let local = LocalTime(text) {
            self = .local(local)
        } else if let instant = Instant(iso8601: text) {
            self = .at(instant)
        } else {
            return nil
        }
    }

    /// The instant, on a contact's clock; an hour that comes twice is taken at its first time, one that is left out at the change.
    public func instant(on clock: ZoneClock?) -> Instant {
        switch self {
        case .at(let instant): instant
        case .local(let time):
            clock.map { clock in
                clock.instant(day: time.day, minute: time.minuteOfDay)
            } ?? Instant(milliseconds: time.milliseconds)
        }
    }
}
