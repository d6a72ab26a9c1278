import CallingRules
import Campaigns

/// The rules that come from packs and from the campaign's own limits.
extension Eligibility {
    static func packRule(_ facts: EligibilityFacts, _ rules: EligibilityRules, _ now: Instant) -> Finding {
        let packs = rules.rules(of: facts.area).packs
        let limit = rules.campaign.callingRules.packAge
        let aged = packs.compactMap { pack in pack.age(at: now).map { (pack: pack, age: $0) } }
        let names = packs.map { $0.regions.isEmpty ? "no pack" : "\($0.name) \($0.version)" }
        let text = "Rules: \(names.isEmpty ? "none for this region" : names.joined(separator: ", "))."
        if let old = rules.packTooOld(in: facts.area, at: now) {
            let age = old.age(at: now).map(DurationText.spoken) ?? "too"
            return Finding(
                rule: "rule_pack",
                verdict: deny(
                    "pack_too_old",
                    "The rule pack “\(old.name)” of \(old.version) is \(age) old, over \(DurationText.spoken(limit.stop)); "
                        + "bring a newer one, or raise pack_age in the campaign."),
                facts: text)
        }
        let late = aged.first { $0.age > limit.warn }
        let warning =
            late.map { " “\($0.pack.name)” is \(DurationText.spoken($0.age)) old: look for a newer one." } ?? ""
        return Finding(rule: "rule_pack", verdict: .allowed, facts: text + warning)
    }

    static func consentRule(_ facts: EligibilityFacts, _ rules: EligibilityRules, _ now: Instant) -> Finding {
        guard let asker = rules.rules(of: facts.area).consentAskedBy else {
            return Finding(rule: "consent", verdict: .allowed, facts: "No consent is asked for.")
        }
        let settings = rules.campaign.consent
        let consent = Consent(fields: facts.fields, settings: settings)
        return Finding(
            rule: "consent", verdict: consent.verdict(at: now, lasts: settings.lasts),
            facts: "Consent is asked for by \(asker). \(consent.sentence)")
    }

    static func capRule(_ facts: EligibilityFacts, _ rules: EligibilityRules, _ now: Instant) -> Finding {
        let caps = rules.rules(of: facts.area).caps
        let verdict = caps.reduce(Verdict.allowed) { $0.and($1.verdict(at: now, calls: facts.pastCalls)) }
        let limits = caps.map(\.sentence).joined(separator: ", ")
        let calls = facts.pastCalls
        let counted = "\(calls.count) to the contact, \(calls.count { $0.isThisNumber }) of them to this number"
        return Finding(
            rule: "caps", verdict: verdict,
            facts: caps.isEmpty ? "No cap on calls holds here." : "At most \(limits). Calls so far: \(counted).")
    }

    static func silenceRule(_ facts: EligibilityFacts, _ rules: EligibilityRules, _ now: Instant) -> Finding {
        let silences = rules.rules(of: facts.area).silences
        let verdict = silences.reduce(Verdict.allowed) { $0.and($1.verdict(at: now, calls: facts.pastCalls)) }
        let limits = silences.map(\.sentence).joined(separator: ", ")
        let refusal =
            facts.pastCalls.compactMap(\.refusedAt).max().map { "Last refusal \($0)." } ?? "No refusal is known."
        return Finding(
            rule: "silence", verdict: verdict,
            facts: silences.isEmpty ? "No silence after a call holds here." : "There is \(limits). \(refusal)")
    }

    static func hoursRule(
        _ facts: EligibilityFacts, _ rules: EligibilityRules, _ now: Instant, _ margin: Duration
    ) -> Finding {
        let hours = rules.hours(of: facts.area)
        let clocks = hours.windows.map(\.clock.name)
        let local = Array(Set(clocks)).sorted().compactMap { name in
            hours.windows.first { $0.clock.name == name }.map { "\($0.clock.local(at: now).spoken) in \(name)" }
        }
        let sources = hours.windows.map(\.source).reduce(into: [String]()) { known, source in
            if !known.contains(source) { known.append(source) }
        }
        let zones = facts.area.zones.joined(separator: ", ")
        return Finding(
            rule: "calling_hours", verdict: hours.verdict(at: now, margin: margin),
            facts: "\(local.isEmpty ? "Zones: \(zones.isEmpty ? "unknown" : zones)" : local.joined(separator: ", ")); "
                + "place: \(facts.area.jurisdiction ?? "unknown"); hours by "
                + "\(sources.isEmpty ? "nobody" : sources.joined(separator: ", ")); margin \(DurationText.spoken(margin))."
        )
    }
}
