import CallingRules
import Campaigns

/// Every rule's answer for one contact at one instant.
public struct EligibilityVerdict: Sendable, Hashable {
    /// Each rule in order, with its answer and the facts it used.
    public let findings: [Finding]

    /// All answers together: any denial wins, with the latest end.
    public var verdict: Verdict { findings.reduce(.allowed) { $0.and($1.verdict) } }

    /// Each reason against a call with the rule it is of and when that rule ends it, in the order of the rules.
    public var denials: [Eligibility.Denial] {
        findings.flatMap { finding -> [Eligibility.Denial] in
            guard case .denied(let until, let reasons) = finding.verdict else { return [] }
            return reasons.map { Eligibility.Denial(rule: finding.rule, reason: $0, until: until) }
        }
    }

    /// The reasons against a call, in the order of the rules.
    public var reasons: [Reason] {
        if case .denied(_, let reasons) = verdict { reasons } else { [] }
    }
}

/// Asks all calling rules in order. The dialer, `offhook why` and reports call this one function.
public enum Eligibility {
    /// One reason against a call.
    public struct Denial: Sendable, Hashable {
        /// The rule that gave it.
        public var rule: String
        public var reason: Reason
        /// When the rule stops denying; nil for never by itself.
        public var until: Instant?
    }

    /// May this number be called at this instant, if the phone may ring for up to `margin`?
    ///
    /// - Parameter claimed: whether the contact is already set aside for the asker, so that `reserved` is no objection.
    public static func evaluate(
        _ facts: EligibilityFacts, under rules: EligibilityRules, at now: Instant, margin: Duration, claimed: Bool
    ) -> EligibilityVerdict {
        let asked = Asked(facts, rules, now)
        return EligibilityVerdict(findings: [
            campaignRule(facts, rules),
            listRule(facts),
            stateRule(facts, claimed: claimed),
            numberRule(facts),
            suppressionRule(facts),
            registryRule(facts, rules, now),
            openAttemptRule(facts),
            notBeforeRule(facts, now),
            totalRule(facts, rules),
            packRule(facts, rules, asked),
            consentRule(facts, rules, asked),
            capRule(facts, asked),
            silenceRule(facts, asked),
            hoursRule(facts, rules, asked, margin),
            closureRule(facts, asked),
        ])
    }

    /// What is the same for all rules of packs in one evaluation.
    struct Asked {
        let now: Instant
        let subject: CallSubject
        let demands: ContactDemands
        let clocks: [ZoneClock]
        /// When an exemption begins that may end a denial earlier.
        private let exemptionBegins: Instant?

        init(_ facts: EligibilityFacts, _ rules: EligibilityRules, _ now: Instant) {
            self.now = now
            subject = rules.subject(fields: facts.fields, number: facts.number, in: facts.area, at: now)
            demands = rules.demands(on: subject, in: facts.area, at: now)
            clocks = rules.rules(of: facts.area).clocks
            exemptionBegins = rules.exemptionBegins(facts, after: now)
        }

        /// A rule's answer, looked at anew when an exemption begins.
        func bounded(_ verdict: Verdict) -> Verdict { verdict.endingBy(exemptionBegins) }
    }

    static func deny(_ code: String, _ text: String, until: Instant? = nil) -> Verdict {
        .denied(until: until, [Reason(code: code, text: text)])
    }

    private static func campaignRule(_ facts: EligibilityFacts, _ rules: EligibilityRules) -> Finding {
        let name = rules.campaign.name
        return Finding(
            rule: "campaign",
            verdict: facts.campaignStarted
                ? .allowed : deny("campaign_not_started", "The campaign “\(name)” is not started."),
            facts: "Campaign “\(name)” is \(facts.campaignStarted ? "started" : "not started").")
    }

    private static func listRule(_ facts: EligibilityFacts) -> Finding {
        Finding(
            rule: "list", verdict: facts.listPaused ? deny("list_paused", "The contact's list is paused.") : .allowed,
            facts: "The contact's list is \(facts.listPaused ? "paused" : "active").")
    }

    private static func stateRule(_ facts: EligibilityFacts, claimed: Bool) -> Finding {
        let verdict: Verdict
        switch facts.contactState {
        case .ready, .waitingRetry, .callback: verdict = .allowed
        case .reserved:
            verdict = claimed ? .allowed : deny("reserved", "It is set aside for a station this very moment.")
        case .inAttempt: verdict = deny("in_attempt", "It is being called.")
        case .done: verdict = deny("done", "The contact is done; only a person can reopen it.")
        case .exhausted: verdict = deny("exhausted", "The policy's attempts are used up; only a person can reopen it.")
        case .suppressed: verdict = deny("suppressed", "None of the contact's numbers may be called.")
        }
        return Finding(rule: "state", verdict: verdict, facts: "The contact is “\(facts.contactState.rawValue)”.")
    }

    private static func numberRule(_ facts: EligibilityFacts) -> Finding {
        Finding(
            rule: "number",
            verdict: facts.numberDead
                ? deny("number_dead", "An agent said that \(facts.number) is wrong or disconnected.") : .allowed,
            facts: "The number \(facts.number) is \(facts.numberDead ? "dead" : "live").")
    }

    private static func suppressionRule(_ facts: EligibilityFacts) -> Finding {
        guard let entry = facts.suppressions.first else {
            return Finding(
                rule: "suppression", verdict: .allowed, facts: "No do-not-call entry covers \(facts.number).")
        }
        let scope = entry.campaign.map { "in campaign “\($0)”" } ?? "everywhere"
        let text =
            "\(facts.number) is on the do-not-call list \(scope) (\(entry.source), \(entry.addedAt.iso8601.prefix(10)))."
        return Finding(rule: "suppression", verdict: deny("suppressed", text), facts: text)
    }

    private static func openAttemptRule(_ facts: EligibilityFacts) -> Finding {
        guard let attempt = facts.openAttempt else {
            return Finding(rule: "open_attempt", verdict: .allowed, facts: "No call to the contact is open.")
        }
        let text = "Attempt \(attempt) to the contact, or to one that shares a number, is still open."
        return Finding(rule: "open_attempt", verdict: deny("open_attempt", text), facts: text)
    }

    private static func notBeforeRule(_ facts: EligibilityFacts, _ now: Instant) -> Finding {
        if let reason = facts.parkedBecause {
            let text = "It is parked, and no time alone brings it back: \(reason)"
            return Finding(rule: "not_before", verdict: deny("parked", text), facts: text)
        }
        guard let notBefore = facts.notBefore, notBefore > now else {
            return Finding(rule: "not_before", verdict: .allowed, facts: "Nothing asks it to wait.")
        }
        let text = "It waits until \(notBefore)."
        return Finding(rule: "not_before", verdict: deny("not_before", text, until: notBefore), facts: text)
    }

    private static func totalRule(_ facts: EligibilityFacts, _ rules: EligibilityRules) -> Finding {
        let limit = rules.campaign.retry.totalAttempts
        let text = "It was called \(facts.totalAttempts) of at most \(limit) times in this campaign."
        return Finding(
            rule: "total_attempts",
            verdict: facts.totalAttempts < limit ? .allowed : deny("total_attempts_used_up", text), facts: text)
    }
}
