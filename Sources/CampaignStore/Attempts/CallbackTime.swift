import CallingRules
import Campaigns

/// When a callback was agreed for.
public enum CallbackTime: Sendable, Hashable, Codable {
    /// An instant.
    case at(Instant)
    /// A time on the contact's own clock, `2026-11-24 15:30`.
    case local(LocalTime)

    /// The instant, on a contact's clock; an hour that comes twice is taken at its first time, one that is left out at the change.
    func instant(on clock: ZoneClock?) -> Instant {
        switch self {
        case .at(let instant): instant
        case .local(let time):
            clock.map { clock in
                clock.instant(day: time.day, minute: time.minuteOfDay)
            } ?? Instant(milliseconds: time.milliseconds)
        }
    }
}
