import Campaigns

extension Eligibility {
    /// The earliest instant from `now` on at which every rule allows, if nothing changes until then; nil if only a person or a file
    /// can make it so.
    ///
    /// Follows denials to their ends: each end is the earliest at which its rule can allow, so no allowed instant is passed over.
    ///
    /// - Parameter verdict: what ``evaluate(_:under:at:margin:claimed:)`` said of `now` for somebody who has not set the contact
    ///   aside; nil to ask it here.
    public static func earliest(
        _ facts: EligibilityFacts, under rules: EligibilityRules, from now: Instant, margin: Duration,
        knowing verdict: EligibilityVerdict? = nil
    ) -> Instant? {
        var candidate = now
        var known = verdict
        for _ in 0..<1000 {
            let verdict = known ?? evaluate(facts, under: rules, at: candidate, margin: margin, claimed: false)
            known = nil
            switch verdict.verdict {
            case .allowed: return candidate
            case .denied(nil, _): return nil
            case .denied(let until?, _): candidate = max(until, candidate + .milliseconds(1))
            }
        }
        return nil
    }
}
