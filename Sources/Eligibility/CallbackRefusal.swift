import CallingRules
import Campaigns

/// Why no callback is agreed for a time: it is over, or no call will be allowed then.
public struct CallbackRefusal: Sendable, Hashable {
    /// What is wrong with the time, as sentences.
    public var text: String
    /// The same day and time of another year, where only the year seems wrong and a call is allowed then.
    public var meant: Instant?
    /// The first allowed time, on a whole minute; nil where only a person or a file can make it so.
    public var nearest: Instant?
    /// The contact's clock; nil where it is not known, and times are in UTC.
    public var clock: ZoneClock?

    /// The whole as one text: what is wrong, and what is allowed instead.
    public var sentence: String {
        var parts = [text]
        if let nearest {
            let zone = clock.map { "the contact's time zone, \($0.name)" } ?? "UTC"
            parts.append("The nearest allowed time is \(wall(nearest).text) (\(zone)).")
        }
        return parts.joined(separator: " ")
    }

    private func wall(_ instant: Instant) -> LocalTime {
        clock?.local(at: instant) ?? LocalTime(milliseconds: instant.milliseconds)
    }
}

extension Eligibility {
    /// A year is taken for a slip where the same day of the right one is at most so far ahead: callbacks are not agreed for later.
    private static let slipAhead: Duration = .seconds(183 * 86_400)

    /// Why no callback can be agreed with this contact for an instant; nil where it can.
    ///
    /// - Parameter agreed: the instant that was agreed.
    public static func refusal(
        ofCallbackAt agreed: Instant, _ facts: EligibilityFacts, under rules: EligibilityRules, at now: Instant
    ) -> CallbackRefusal? {
        let margin = rules.campaign.dial.ringTimeout
        let clock = rules.clock(of: facts.area)
        let isKept = { (instant: Instant) in
            callback(facts, under: rules, at: instant, margin: margin).isAllowed
        }
        /// The first whole minute from an instant on at which a call is allowed.
        let nearest = { (instant: Instant) -> Instant? in
            callback(facts, under: rules, at: instant, margin: margin).earliest.map {
                Instant(milliseconds: ($0.milliseconds + 59_999) / 60_000 * 60_000)
            }
        }
        guard agreed > now else {
            let wall = clock?.local(at: agreed) ?? LocalTime(milliseconds: agreed.milliseconds)
            let meant = otherYears(of: wall, after: now, on: clock).first(where: isKept)
            let question = meant.map { instant in
                "; did you mean \((clock?.local(at: instant) ?? LocalTime(milliseconds: instant.milliseconds)).dayText)?"
            }
            return CallbackRefusal(
                text: "That time is over in the contact's time zone\(question ?? ".")", meant: meant,
                nearest: nearest(now + .seconds(60)), clock: clock)
        }
        let verdict = callback(facts, under: rules, at: agreed, margin: margin)
        guard !verdict.isAllowed else { return nil }
        return CallbackRefusal(
            text: verdict.reasons.map(\.text).joined(separator: " "), nearest: nearest(agreed), clock: clock)
    }

    /// The same day and time in this year and the next, where that is to come and not far ahead.
    private static func otherYears(of wall: LocalTime, after now: Instant, on clock: ZoneClock?) -> [Instant] {
        let date = CivilDate(daysSince1970: wall.day)
        let year = CivilDate(daysSince1970: LocalTime(milliseconds: now.milliseconds).day).year
        // A day either side of the turn of the year, by the contact's clock.
        return (year - 1...year + 1).filter { $0 != date.year }.compactMap { other in
            guard let same = CivilDate(CivilDate(year: other, month: date.month, day: date.day).text) else {
                return nil
            }
            let instant =
                clock?.instant(day: same.daysSince1970, minute: wall.minuteOfDay)
                ?? Instant(milliseconds: (same.daysSince1970 * 1440 + Int64(wall.minuteOfDay)) * 60_000)
            return instant > now && instant <= now + slipAhead ? instant : nil
        }
    }
}
