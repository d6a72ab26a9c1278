import CallingRules
import Campaigns

/// The rules that come from packs and from the campaign's own limits.
extension Eligibility {
    static func packRule(_ facts: EligibilityFacts, _ rules: EligibilityRules, _ asked: Asked) -> Finding {
        let now = asked.now
        let packs = rules.rules(of: facts.area).packs
        let limit = rules.campaign.callingRules.packAge
        let aged = packs.compactMap { pack in
            rules.packsJudgedAt.flatMap(pack.age).map { (pack: pack, age: $0) }
        }
        let names = packs.map { $0.regions.isEmpty ? "no pack" : "\($0.name) \($0.version)" }
        let exempted = asked.demands.exempted.map { " Exempt from \($0)." }.joined()
        let chosen = rules.campaign.callingRules.isWithoutRules ? " \(CallingRulesSettings.withoutRulesText)" : ""
        let text =
            "Rules: \(names.isEmpty ? "none for this region" : names.joined(separator: ", "))." + chosen
            + claims(of: rules.campaign.callingRules) + exempted
        if let old = rules.packTooOld(in: facts.area) {
            return Finding(rule: "rule_pack", verdict: .denied(until: nil, [rules.tooOld(old)]), facts: text)
        }
        if let gap = rules.gap(in: facts.area, at: now), gap.code == "no_rule" {
            // Without a grace the hours say it.
            if let graceUntil = rules.graceUntil, now >= graceUntil {
                return Finding(rule: "rule_pack", verdict: .denied(until: nil, [gap.reason]), facts: text)
            }
            let warning = rules.graceWarning(gap, at: now).map { " \($0)" } ?? ""
            return Finding(rule: "rule_pack", verdict: .allowed, facts: text + warning)
        }
        let late = aged.first { $0.age > limit.warn }
        let warning =
            late.map { " “\($0.pack.name)” is \(DurationText.spoken($0.age)) old: look for a newer one." } ?? ""
        return Finding(rule: "rule_pack", verdict: .allowed, facts: text + warning)
    }

    /// What the campaign says of itself that rules look at; empty where it says nothing.
    private static func claims(of settings: CallingRulesSettings) -> String {
        let purposes =
            settings.purposes.isEmpty ? "" : " The campaign calls for \(settings.purposes.joined(separator: ", "))."
        return purposes
            + (settings.notAutomatedBecause.map { " It says that it is not automated: \($0)" } ?? "")
    }

    static func consentRule(_ facts: EligibilityFacts, _ rules: EligibilityRules, _ asked: Asked) -> Finding {
        guard let asker = asked.demands.consent else {
            return Finding(rule: "consent", verdict: .allowed, facts: "No consent is asked for.")
        }
        let settings = rules.campaign.consent
        let consent = Consent(fields: facts.fields, settings: settings)
        let lasts = EligibilityRules.shorter(asked.demands.consentLasts, settings.lasts)
        return Finding(
            rule: "consent",
            verdict: asked.bounded(
                asker.bounded(consent.verdict(at: asked.now, lasts: lasts, clocks: asked.clocks))),
            facts: "Consent is asked for by \(asker.value). \(consent.sentence)")
    }

    static func capRule(_ facts: EligibilityFacts, _ asked: Asked) -> Finding {
        let caps = asked.demands.caps
        let calls = facts.pastCalls
        let verdict = caps.reduce(Verdict.allowed) {
            $0.and($1.bounded($1.value.verdict(at: asked.now, calls: calls, clocks: asked.clocks)))
        }
        let limits = caps.map(\.value.sentence).joined(separator: ", ")
        let counted = "\(calls.count) to the contact, \(calls.count { $0.isThisNumber }) of them to this number"
        return Finding(
            rule: "caps", verdict: asked.bounded(verdict),
            facts: caps.isEmpty ? "No cap on calls holds here." : "At most \(limits). Calls so far: \(counted).")
    }

    static func silenceRule(_ facts: EligibilityFacts, _ asked: Asked) -> Finding {
        let silences = asked.demands.silences
        let verdict = silences.reduce(Verdict.allowed) {
            $0.and($1.bounded($1.value.verdict(at: asked.now, calls: facts.pastCalls, clocks: asked.clocks)))
        }
        let limits = silences.map(\.value.sentence).joined(separator: ", ")
        let refusal =
            facts.pastCalls.compactMap(\.refusedAt).max().map { "Last refusal \($0)." } ?? "No refusal is known."
        return Finding(
            rule: "silence", verdict: asked.bounded(verdict),
            facts: silences.isEmpty ? "No silence after a call holds here." : "There is \(limits). \(refusal)")
    }

    static func hoursRule(
        _ facts: EligibilityFacts, _ rules: EligibilityRules, _ asked: Asked, _ margin: Duration
    ) -> Finding {
        let now = asked.now
        let hours = rules.hours(of: facts.area, for: asked.subject, at: now)
        let clocks = hours.windows.map(\.clock.name)
        let local = Array(Set(clocks)).sorted().compactMap { name in
            hours.windows.first { $0.clock.name == name }.map { "\($0.clock.local(at: now).spoken) in \(name)" }
        }
        let sources = hours.windows.filter { $0.holds(at: now) }.map(\.source).reduce(into: [String]()) {
            known, source in
            if !known.contains(source) { known.append(source) }
        }
        let zones = facts.area.zones.joined(separator: ", ")
        return Finding(
            rule: "calling_hours", verdict: asked.bounded(hours.verdict(at: now, margin: margin)),
            facts: "\(local.isEmpty ? "Zones: \(zones.isEmpty ? "unknown" : zones)" : local.joined(separator: ", ")); "
                + "place: \(facts.area.jurisdiction ?? "unknown"); hours by "
                + "\(sources.isEmpty ? "nobody" : sources.joined(separator: ", ")); margin \(DurationText.spoken(margin))."
        )
    }
}
