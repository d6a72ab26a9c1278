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
        earliest = Eligibility.earliest(history.facts, under: rules, from: now, margin: margin)
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
        for attempt in history.attempts { lines += Self.sentences(attempt) }
        lines.append("The rules at \(at):")
        if !history.asOfToday.isEmpty {
            lines.append(
                "Calls and do-not-call entries since then do not count; as of today: \(history.asOfToday.joined(separator: ", "))."
            )
        }
        for (index, finding) in verdict.findings.enumerated() {
            let mark = finding.verdict.isAllowed ? "yes" : "NO"
            lines.append("  \(index + 1). \(finding.rule): \(mark). \(finding.facts)")
        }
        switch verdict.verdict {
        case .allowed: lines.append("Every rule allows a call now; it waits for its turn and a ready station.")
        case .denied(_, let reasons):
            for reason in reasons {
                lines.append("Not now: \(reason.text)" + (Remedy.sentence(reason.code).map { " \($0)" } ?? ""))
            }
            lines.append(
                earliest.map { "The earliest possible call: \($0)." }
                    ?? "No date frees it; a person or a file has to change what is named above.")
        }
        return lines
    }

    /// A past attempt: how it ended, what followed, and which rules let it through.
    private static func sentences(_ attempt: AttemptRow) -> [String] {
        let ended = attempt.outcome.map { $0.split(separator: "_").joined(separator: " ") } ?? "still open"
        let said = attempt.disposition.map { ", \($0)" } ?? ""
        var lines = [
            "Called \(attempt.intendedAt) from \(attempt.station): \(ended)\(said)"
                + (attempt.evidence.map { " [\(AttemptReport.sentence($0))]" } ?? "") + "."
        ]
        if let followUp = attempt.followUp { lines.append("  \(followUp)") }
        let zones = attempt.zoneData.map { ", by time zone data \($0)" } ?? ""
        lines.append("  Let through under pack \(attempt.rulePack) \(attempt.rulePackVersion)\(zones):")
        lines += attempt.allowedBy.filter { $0.count == 2 }.map { "    \($0[0]): \($0[1])" }
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
                + "\"remedies\":[\(reasons.compactMap { Remedy.sentence($0.code) }.map(JSONText.string).joined(separator: ","))],"
                + "\"facts\":\(JSONText.string(finding.facts))}"
        }
        let attempts = history.attempts.map { attempt in
            let rules = attempt.allowedBy.filter { $0.count == 2 }.map {
                "{\"rule\":\(JSONText.string($0[0])),\"facts\":\(JSONText.string($0[1]))}"
            }
            let row = Table(columns: AttemptReport.columns, rows: [AttemptReport.row(attempt)]).json
            return row.dropFirst(1).dropLast(2) + ",\"let_through_by\":[\(rules.joined(separator: ","))]}"
        }
        return "{\"contact\":\(history.contact.value),\"campaign\":\(JSONText.string(history.campaign)),"
            + "\"list\":\(JSONText.string(history.list)),\"number\":\(JSONText.string(history.facts.number.e164)),"
            + "\"state\":\"\(history.state.rawValue)\",\"at\":\"\(at)\",\"allowed\":\(verdict.verdict.isAllowed),"
            + "\"as_of_today\":[\(history.asOfToday.map(JSONText.string).joined(separator: ","))],"
            + "\"earliest\":\(Self.json(earliest)),\"rules\":[\(findings.joined(separator: ","))],"
            + "\"attempts\":[\(attempts.joined(separator: ",\n"))]}"
    }

    private static func json(_ instant: Instant?) -> String { instant.map { "\"\($0)\"" } ?? "null" }
}
