import CampaignStore
import Campaigns
import Eligibility
import PhoneNumbers

/// What stands between a contact and its next call, in sentences.
public struct ContactExplanation: Sendable {
    public let history: ContactHistory
    public let verdict: EligibilityVerdict
    /// When the question was asked for.
    public let at: Instant
    /// The earliest instant at which a call becomes possible; nil if only a person or a file can make it so.
    public let earliest: Instant?

    /// Explains a contact under its campaign's rules at an instant.
    public init(_ history: ContactHistory, under rules: EligibilityRules, at now: Instant) {
        self.history = history
        at = now
        let margin = rules.campaign.dial.ringTimeout
        verdict = Eligibility.evaluate(history.facts, under: rules, at: now, margin: margin, claimed: false)
        earliest = Self.earliest(verdict, history.facts, rules, now, margin)
    }

    /// Follows denials to their ends until every rule allows; a rule without an end stops the search.
    private static func earliest(
        _ verdict: EligibilityVerdict, _ facts: EligibilityFacts, _ rules: EligibilityRules, _ now: Instant,
        _ margin: Duration
    ) -> Instant? {
        var candidate = now
        var current = verdict.verdict
        for _ in 0..<100 {
            switch current {
            case .allowed: return candidate
            case .denied(nil, _): return nil
            case .denied(let until?, _):
                candidate = max(until, candidate + .milliseconds(1))
                current =
                    Eligibility.evaluate(facts, under: rules, at: candidate, margin: margin, claimed: false).verdict
            }
        }
        return nil
    }

    /// The answer for people, one sentence a line.
    public var sentences: [String] {
        let who = history.name.map { " (\($0))" } ?? ""
        var lines = [
            "Contact \(history.contact.value)\(who) of campaign “\(history.campaign)”, list “\(history.list)”: \(history.state.rawValue)."
        ]
        if let reason = history.reason, !history.state.isSelectable || !verdict.verdict.isAllowed {
            lines.append(reason)
        }
        if !history.isNextNumber { lines.append("Another of the contact's numbers is next to be called.") }
        for attempt in history.attempts {
            let ended = attempt.outcome.map { $0.split(separator: "_").joined(separator: " ") } ?? "still open"
            let said = attempt.disposition.map { ", \($0)" } ?? ""
            lines.append(
                "Called \(attempt.intendedAt) from \(attempt.station): \(ended)\(said)"
                    + (attempt.evidence.map { " [\(AttemptReport.sentence($0))]" } ?? "") + ".")
            if let followUp = attempt.followUp { lines.append("  \(followUp)") }
        }
        switch verdict.verdict {
        case .allowed: lines.append("Every rule allows a call now; it waits for its turn and a ready station.")
        case .denied(_, let reasons):
            lines += reasons.map { "Not now: \($0.text)" }
            lines.append(
                earliest.map { "The earliest possible call: \($0)." }
                    ?? "No date frees it; a person or a file has to change what is named above.")
        }
        return lines
    }

    /// The answer for machines, as one JSON object.
    public var json: String {
        let findings = verdict.findings.map { finding in
            let (allowed, until, reasons): (Bool, Instant?, [Reason]) =
                switch finding.verdict {
                case .allowed: (true, nil, [])
                case .denied(let until, let reasons): (false, until, reasons)
                }
            return "{\"rule\":\(JSONText.string(finding.rule)),\"allowed\":\(allowed),\"until\":\(Self.json(until)),"
                + "\"reasons\":[\(reasons.map { JSONText.string($0.text) }.joined(separator: ","))],"
                + "\"facts\":\(JSONText.string(finding.facts))}"
        }
        let attempts = Table(columns: AttemptReport.columns, rows: history.attempts.map(AttemptReport.row)).json
        return "{\"contact\":\(history.contact.value),\"campaign\":\(JSONText.string(history.campaign)),"
            + "\"list\":\(JSONText.string(history.list)),\"number\":\(JSONText.string(history.facts.number.e164)),"
            + "\"state\":\"\(history.state.rawValue)\",\"at\":\"\(at)\",\"allowed\":\(verdict.verdict.isAllowed),"
            + "\"earliest\":\(Self.json(earliest)),\"rules\":[\(findings.joined(separator: ","))],\"attempts\":\(attempts)}"
    }

    private static func json(_ instant: Instant?) -> String { instant.map { "\"\($0)\"" } ?? "null" }
}
