import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation

/// Whether a callback is allowed at a time on the contact's clock.
struct CallbackAnswer: Codable, Sendable, Hashable {
    /// A time that is allowed.
    struct Proposal: Codable, Sendable, Hashable {
        var at: String
        /// On the contact's clock, as the page's fields take it.
        var local: String
        /// For people.
        var text: String
    }

    var isAllowed: Bool
    /// The verdict as a sentence.
    var text: String
    var at: String
    var timeZone: String
    /// The first time from then on that is allowed; nil where only a person can make it so.
    var nearest: Proposal?
    /// What the time can mean where the contact may be in several zones: somebody has to choose. Nil where it is plain.
    var choices: [CallbackChoiceView]?
}

/// Holds callback times against the calling rules of the contact.
struct CallbackCheck: Sendable {
    let facts: EligibilityFacts
    let rules: EligibilityRules
    let now: Instant

    /// - Throws: ``Problem`` 422 where the time cannot be read.
    static func time(_ text: String) throws -> CallbackTime {
        guard let time = CallbackTime(text) else {
            throw Problem.invalid([
                "callback":
                    "Give a time on the contact's clock such as 2026-11-25T15:30, or an instant such as 2026-11-25T20:30:00Z."
            ])
        }
        return time
    }

    func answer(_ time: CallbackTime) -> CallbackAnswer {
        let clock = rules.clock(of: facts.area)
        let zone = clock?.name ?? "UTC"
        let choices = time.choices(in: facts.area.zones, rules.clock(named:))
        if choices.count > 1, case .local = time {
            return CallbackAnswer(
                isAllowed: false,
                text: "The contact may be in several time zones: ask on whose clock the time is, and choose it.",
                at: choices[0].instant.iso8601, timeZone: zone, choices: CallbackChoiceView.all(choices))
        }
        let agreed = time.instant(on: clock)
        guard let refusal = Eligibility.refusal(ofCallbackAt: agreed, facts, under: rules, at: now) else {
            return CallbackAnswer(
                isAllowed: true, text: "\(Self.spoken(agreed, clock)) is allowed.", at: agreed.iso8601, timeZone: zone)
        }
        // Where only the year is wrong, the right one is the nearest that was meant.
        let nearest = (refusal.meant ?? refusal.nearest).map { minute in
            CallbackAnswer.Proposal(
                at: minute.iso8601, local: Self.field(minute, clock), text: Self.spoken(minute, clock))
        }
        return CallbackAnswer(
            isAllowed: false, text: refusal.text, at: agreed.iso8601, timeZone: zone, nearest: nearest)
    }

    private static func field(_ instant: Instant, _ clock: ZoneClock?) -> String {
        let offset = clock?.utcOffset(at: instant) ?? 0
        return String((instant + .seconds(offset)).iso8601.prefix(16))
    }

    private static func spoken(_ instant: Instant, _ clock: ZoneClock?) -> String {
        ViewerTime(clock ?? .utc).full(instant)
    }
}
