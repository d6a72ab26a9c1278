import CallingRules
import Campaigns

/// The rule that nobody is called in a place that people closed.
extension Eligibility {
    static func closureRule(_ facts: EligibilityFacts, _ asked: Asked) -> Finding {
        let closed = facts.closures.filter { $0.covers(facts.area) }.map { ($0, $0.end(on: asked.clocks)) }
            .filter { $0.1 > asked.now }
        guard !closed.isEmpty else {
            return Finding(rule: "emergency", verdict: .allowed, facts: "Nobody closed the number's place.")
        }
        let text = closed.map { "\($0.0.sentence)." }.joined(separator: " ")
        return Finding(
            rule: "emergency",
            verdict: .denied(until: closed.map(\.1).max(), [Reason(code: "place_closed", text: text)]), facts: text)
    }
}

extension EligibilityRules {
    /// When an area opens again that people closed, as far as these rules know; nil where it is not closed at an instant.
    public func closureEnd(of area: Area, at instant: Instant) -> Instant? {
        guard !closures.isEmpty else { return nil }
        let clocks = rules(of: area).clocks
        return closures.filter { $0.covers(area) }.map { $0.end(on: clocks) }.filter { $0 > instant }.max()
    }
}
