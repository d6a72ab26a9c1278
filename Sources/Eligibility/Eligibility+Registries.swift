import Campaigns

/// The rule that the do-not-call registries which bind a campaign are loaded and young enough.
extension Eligibility {
    /// What is wrong with the registries that a campaign names; nil where all are loaded and young enough.
    ///
    /// The age that is allowed is law: 31 days in the United States (16 CFR 310.4(b)(3)(iv)), 28 in the United Kingdom; the
    /// packs say it, and a campaign's own `max_age` beats them.
    /// - Parameter loaded: when each source of do-not-call entries was loaded last, by name.
    public static func registryProblem(
        of rules: EligibilityRules, loaded: [String: Instant], at now: Instant
    ) -> Reason? {
        let campaign = rules.campaign
        let limit = rules.oldestRegistry(at: now)
        for name in campaign.suppression.registries {
            let load = "load its file: offhook dnc import FILE --source \(name) --replace"
            guard let at = loaded[name] else {
                return Reason(
                    code: "registry_missing", text: "The do-not-call registry “\(name)” was never loaded; \(load).")
            }
            let age = now.since(at)
            if age > limit {
                return Reason(
                    code: "registry_too_old",
                    text: "The do-not-call registry “\(name)” is \(DurationText.spoken(age)) old, over "
                        + "\(DurationText.spoken(limit)); \(load).")
            }
        }
        return nil
    }

    static func registryRule(_ facts: EligibilityFacts, _ rules: EligibilityRules, _ now: Instant) -> Finding {
        let settings = rules.campaign.suppression
        let gap = rules.gap(in: facts.area, at: now).flatMap { $0.code == "registry_not_named" ? $0 : nil }
        let text =
            if let reason = settings.noneBecause {
                "No do-not-call registry applies: \(reason)"
            } else if settings.registries.isEmpty {
                "The campaign names no do-not-call registry."
                    + (rules.graceWarning(gap, at: now).map { " \($0)" } ?? "")
            } else {
                settings.registries.map { name in
                    facts.registries[name].map { "Registry “\(name)” was loaded \($0.iso8601.prefix(10))." }
                        ?? "Registry “\(name)” was never loaded."
                }.joined(separator: " ")
            }
        let problem = registryProblem(of: rules, loaded: facts.registries, at: now)
        if let gap, rules.closingGap(in: facts.area, at: now) != nil {
            return Finding(
                rule: "registries", verdict: .denied(until: gap.ruleEnds, [gap.reason]), facts: text)
        }
        return Finding(
            rule: "registries", verdict: problem.map { .denied(until: nil, [$0]) } ?? .allowed, facts: text)
    }
}
