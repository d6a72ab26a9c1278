import Campaigns

/// What happens to a contact after an outcome, by a campaign's settings. A disposition beats the outcome.
public struct RetryPolicy: Sendable {
    /// After this many attempts in 24 h that dialled nothing, the contact waits a day.
    public static let undialledLimit = 5
    /// How long a contact rests after an attempt that dialled nothing.
    public static let undialledPause: Duration = .seconds(60)

    /// The campaign's settings.
    public let settings: RetrySettings

    /// A policy by settings.
    public init(_ settings: RetrySettings) {
        self.settings = settings
    }

    /// What follows an attempt.
    public func decide(_ facts: RetryFacts) -> RetryDecision {
        guard facts.outcome.countsForCaps else { return afterNothingDialled(facts) }
        switch facts.disposition {
        case nil, .noneGiven: return afterOutcome(facts)
        case let disposition?: return after(disposition, facts)
        }
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

    private func afterOutcome(_ facts: RetryFacts) -> RetryDecision {
        if facts.outcome == .answered {
            return .done(Reason(code: "answered", text: "It was answered and no disposition asks for more."))
        }
        guard let rule = settings.outcomes[facts.outcome] else {
            return .done(Reason(code: facts.outcome.rawValue, text: "Nothing follows “\(facts.outcome.label)”."))
        }
        return retry(rule, facts, ending: facts.outcome.label)
    }

    private func after(_ disposition: DispositionClass, _ facts: RetryFacts) -> RetryDecision {
        switch disposition {
        case .success, .notInterested, .other, .wrongPerson, .noneGiven:
            return .done(Reason(code: disposition.rawValue, text: "The agent's disposition finishes it."))
        case .doNotCall:
            return .suppress(Reason(code: "do_not_call", text: "The person asked not to be called again."))
        case .callbackAgent, .callbackAny:
            return .callback(
                notBefore: facts.endedAt, agentOnly: disposition == .callbackAgent,
                Reason(code: disposition.rawValue, text: "A call back was agreed."))
        case .wrongNumber, .disconnectedNumber:
            guard facts.hasOtherNumber else {
                return .done(
                    Reason(code: disposition.rawValue, text: "The number is dead and the contact has no other."))
            }
            return .nextNumber(
                notBefore: facts.endedAt,
                Reason(code: disposition.rawValue, text: "The number is dead; the next one follows."))
        case .machine, .busyTone, .noAnswer:
            guard let rule = settings.rule(for: disposition) else {
                return .done(Reason(code: disposition.rawValue, text: "Nothing follows this disposition."))
            }
            return retry(rule, facts, ending: disposition.rawValue.split(separator: "_").joined(separator: " "))
        }
    }

    private func retry(_ rule: RetryRule, _ facts: RetryFacts, ending: String) -> RetryDecision {
        if facts.sameEnding >= rule.attempts {
            let text = "It ended “\(ending)” \(facts.sameEnding) times; the policy allows \(rule.attempts)."
            return .exhausted(Reason(code: "attempts_used_up", text: text))
        }
        if facts.totalAttempts >= settings.totalAttempts {
            let text = "It was called \(facts.totalAttempts) times; the policy allows \(settings.totalAttempts) in all."
            return .exhausted(Reason(code: "total_attempts_used_up", text: text))
        }
        var notBefore = facts.endedAt + rule.after
        if rule.otherDayPart {
            let avoided = DayPart(of: facts.dialledAt, utcOffset: facts.utcOffset)
            notBefore = DayPart.firstOutside(avoided, from: notBefore, utcOffset: facts.utcOffset)
        }
        let text = "It ended “\(ending)” (\(facts.sameEnding) of \(rule.attempts)); it is called again."
        return .retry(notBefore: notBefore, Reason(code: "retry", text: text))
    }
}
