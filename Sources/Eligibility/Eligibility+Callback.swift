import CallingRules
import Campaigns

/// Whether a call can be made at the time that was agreed for it.
public struct CallbackVerdict: Sendable, Hashable {
    /// Why not, in the order of the rules; empty where it can.
    public var reasons: [Reason]
    /// The first instant from the agreed one on at which it can; nil where only a person or a file can make it so.
    public var earliest: Instant?

    /// Whether the agreed time can be kept.
    public var isAllowed: Bool { reasons.isEmpty }
}

extension Eligibility {
    /// The rules that will hold at the agreed time whatever happens until then. A paused list, an old registry or pack, and the
    /// call that is still open are another day's matter.
    private static let lastingRules: Set<String> = [
        "number", "suppression", "total_attempts", "consent", "caps", "silence", "calling_hours", "emergency",
    ]

    /// May this contact be called back at an instant, as far as can be known now?
    ///
    /// - Parameter margin: how long the phone may ring.
    public static func callback(
        _ facts: EligibilityFacts, under rules: EligibilityRules, at agreed: Instant, margin: Duration
    ) -> CallbackVerdict {
        let asked = { (instant: Instant) -> Verdict in
            evaluate(facts, under: rules, at: instant, margin: margin, claimed: true).findings
                .filter { lastingRules.contains($0.rule) }.reduce(.allowed) { $0.and($1.verdict) }
        }
        guard case .denied(_, let reasons) = asked(agreed) else {
            return CallbackVerdict(reasons: [], earliest: agreed)
        }
        var candidate = agreed
        for _ in 0..<1000 {
            switch asked(candidate) {
            case .allowed: return CallbackVerdict(reasons: reasons, earliest: candidate)
            case .denied(nil, _): return CallbackVerdict(reasons: reasons, earliest: nil)
            case .denied(let until?, _): candidate = max(until, candidate + .milliseconds(1))
            }
        }
        return CallbackVerdict(reasons: reasons, earliest: nil)
    }
}
