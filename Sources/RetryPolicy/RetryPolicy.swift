import Campaigns

/// What happens to a contact after an outcome, by a campaign's settings. A disposition beats the outcome.
public struct RetryPolicy: Sendable {
    /// After this many attempts in 24 h that dialled nothing, the contact waits a day.
    public static let undialledLimit = 5
    /// How long a contact rests after an attempt that dialled nothing.
    public static let undialledPause: Duration = .seconds(60)

    /// The campaign's settings.
    public let settings: RetrySettings
    /// How its callbacks are kept.
    public let callbacks: CallbackSettings

    /// A policy by settings.
    public init(_ settings: RetrySettings, callbacks: CallbackSettings = CallbackSettings()) {
        self.settings = settings
        self.callbacks = callbacks
    }

    /// What follows an attempt.
    ///
    /// - Parameters:
    ///   - clock: the contact's, for parts of the day and days of the week.
    ///   - opening: the first instant from one on at which the contact's calling hours are open; nil where none comes. Another
    ///     part of the day counts only where it is open. By default they are always open.
    public func decide(
        _ facts: RetryFacts, clock: LocalClock, opening: @escaping (Instant) -> Instant? = { $0 }
    ) -> RetryDecision {
        let times = Times(clock: clock, opening: opening)
        switch facts.disposition {
        case nil, .noneGiven:
            return facts.outcome.countsForCaps ? afterOutcome(facts, times) : afterNothingDialled(facts)
        case let disposition?: return after(disposition, facts, times)
        }
    }

    /// What tells when a contact may be called.
    private struct Times {
        var clock: LocalClock
        var opening: (Instant) -> Instant?
    }

    /// Whether two endings count as the same for `attempts: N`: the disposition class decides where it has a rule.
    public static func ending(outcome: Outcome, disposition: DispositionClass?) -> String {
        guard let disposition, disposition != .noneGiven else { return outcome.rawValue }
        return "disposition:\(disposition.rawValue)"
    }

    private func afterNothingDialled(_ facts: RetryFacts) -> RetryDecision {
        guard facts.undialledInDay < Self.undialledLimit else {
            let text = "Nothing was dialled \(facts.undialledInDay) times within 24 h; it rests for a day."
            return .asBefore(
                notBefore: facts.endedAt + .seconds(86_400), Reason(code: "rest_after_refusals", text: text))
        }
        return .asBefore(
            notBefore: facts.endedAt + Self.undialledPause,
            Reason(code: "nothing_dialled", text: "Nothing was dialled; it is tried again, another station preferred."))
    }

    private func afterOutcome(_ facts: RetryFacts, _ times: Times) -> RetryDecision {
        if facts.outcome == .answered {
            if let rule = settings.rule(for: .noneGiven) {
                return retry(rule, facts, times, ending: DispositionClass.noneGiven)
            }
            return .done(Reason(code: "answered", text: "It was answered and no disposition asks for more."))
        }
        guard let rule = settings.outcomes[facts.outcome] else {
            return .done(Reason(code: facts.outcome.rawValue, text: "Nothing follows “\(facts.outcome.label)”."))
        }
        return retry(rule, facts, times, ending: facts.outcome)
    }

    private func after(
        _ disposition: DispositionClass, _ facts: RetryFacts, _ times: Times
    ) -> RetryDecision {
        switch disposition {
        case .doNotCall:
            return .suppress(Reason(code: "do_not_call", text: "The person asked not to be called again."))
        case .callbackAgent, .callbackAny: return callback(facts, agentOnly: disposition == .callbackAgent)
        case .wrongNumber, .disconnectedNumber: return afterDeadNumber(disposition, facts)
        case .success:
            return .done(Reason(code: disposition.rawValue, text: "The agent's disposition finishes it."))
        case .machine, .busyTone, .noAnswer, .notInterested, .other, .wrongPerson, .noneGiven:
            guard let rule = settings.rule(for: disposition) else {
                return .done(Reason(code: disposition.rawValue, text: "The agent's disposition finishes it."))
            }
            return retry(rule, facts, times, ending: disposition)
        }
    }

    private func callback(_ facts: RetryFacts, agentOnly: Bool) -> RetryDecision {
        if let exhausted = afterTotal(facts) { return exhausted }
        let at = max(facts.callbackAt ?? facts.endedAt + callbacks.after, facts.endedAt)
        let text =
            facts.callbackAt == nil ? "A call back was agreed, at no set time." : "A call back was agreed for \(at)."
        return .callback(
            notBefore: at, agentOnly: agentOnly, Reason(code: agentOnly ? "callback_agent" : "callback_any", text: text)
        )
    }

    private func afterDeadNumber(_ disposition: DispositionClass, _ facts: RetryFacts) -> RetryDecision {
        guard facts.hasOtherNumber else {
            return .done(Reason(code: disposition.rawValue, text: "The number is dead and the contact has no other."))
        }
        if let exhausted = afterTotal(facts) { return exhausted }
        return .nextNumber(
            notBefore: facts.endedAt,
            Reason(code: disposition.rawValue, text: "The number is dead; the next one follows."))
    }

    private func afterTotal(_ facts: RetryFacts) -> RetryDecision? {
        guard facts.totalAttempts >= settings.totalAttempts else { return nil }
        let text = "It was called \(facts.totalAttempts) times; the policy allows \(settings.totalAttempts) in all."
        return .exhausted(Reason(code: "total_attempts_used_up", text: text))
    }

    private func retry<Ending: RawRepresentable<String>>(
        _ rule: RetryRule, _ facts: RetryFacts, _ times: Times, ending: Ending
    ) -> RetryDecision {
        let label = ending.rawValue.split(separator: "_").joined(separator: " ")
        if facts.sameEnding >= rule.attempts {
            let text = "It ended “\(label)” \(facts.sameEnding) times; the policy allows \(rule.attempts)."
            return .exhausted(Reason(code: "attempts_used_up", text: text))
        }
        if let exhausted = afterTotal(facts) { return exhausted }
        var notBefore = facts.endedAt + rule.delay(ending: facts.sameEnding, dice: facts.dice)
        var text = "It ended “\(label)” (\(facts.sameEnding) of \(rule.attempts)); it is called again"
        let usesNext = rule.nextNumber && facts.hasOtherNumber
        if usesNext { text += ", by the contact's next number" }
        if rule.otherDayPart || rule.otherWeekday {
            let moment = RetryMoment(
                rule: rule, dialledAt: facts.dialledAt, clock: times.clock, opening: times.opening)
            if let found = moment.first(from: notBefore) {
                notBefore = found
            } else {
                let days = Int(RetryMoment.horizon.inSeconds) / 86_400
                text += ", not \(moment.wish): its calling hours have none within \(days) days"
            }
        }
        return usesNext
            ? .nextNumber(notBefore: notBefore, Reason(code: "next_number", text: text + "."))
            : .retry(notBefore: notBefore, Reason(code: "retry", text: text + "."))
    }
}

extension RetryRule {
    /// The delay after the nth ending of its kind, n from 1: grown, drawn by the dice within its bounds, and cut at the longest.
    func delay(ending: Int, dice: Double) -> Duration {
        var factor = 1.0
        for _ in 1..<max(ending, 1) { factor = min(factor * growth, 1_000_000) }
        let low = after.inSeconds * factor
        let high = max(low, (upTo ?? after).inSeconds * factor)
        let most = max((longest ?? .seconds(365 * 86_400)).inSeconds, after.inSeconds)
        let seconds = min(low + (high - low) * min(max(dice, 0), 1), most)
        return .milliseconds(Int64((seconds * 1000).rounded()))
    }
}
