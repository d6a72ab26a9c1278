import CampaignStore
import Campaigns
import PhoneNumbers

/// Every attempt, one row each.
public enum AttemptReport {
    /// The columns that scripts rely on come first; they keep their names.
    public static let columns = [
        "attempt", "campaign", "contact", "number", "station", "intended_at", "commanded_at", "ended_at", "outcome",
        "disposition", "ring_ms", "talk_ms", "evidence", "list", "pass", "phase", "zone", "rule_pack", "follow_up",
        "agent",
    ]

    /// One attempt's cells.
    public static func row(_ attempt: AttemptRow) -> [Cell] {
        [
            .integer(attempt.attempt), Cell(attempt.campaign), Cell(attempt.contact), Cell(attempt.number?.e164),
            .text(attempt.station), .text(attempt.intendedAt.iso8601), Cell(attempt.commandedAt?.iso8601),
            Cell(attempt.endedAt?.iso8601), Cell(attempt.outcome), Cell(attempt.disposition),
            Cell(attempt.ringMilliseconds), Cell(attempt.talkMilliseconds),
            Cell(attempt.evidence.map(sentence)), Cell(attempt.list), Cell(attempt.pass), .text(attempt.phase),
            Cell(attempt.zone), .text("\(attempt.rulePack) \(attempt.rulePackVersion)"), Cell(attempt.followUp),
            Cell(attempt.agent),
        ]
    }

    /// Evidence in one line: the words seen with seconds since the first, notes, and the longest gap between polls.
    public static func sentence(_ evidence: Evidence) -> String {
        var parts: [String] = []
        if let first = evidence.seen.first {
            parts.append(
                evidence.seen.map { sighting in
                    let tenths = sighting.at.since(first.at).wholeMilliseconds / 100
                    return "\(sighting.word)@\(tenths / 10).\(tenths % 10)s"
                }.joined(separator: " "))
        }
        parts += evidence.notes.map(\.rawValue)
        parts.append("gap \(evidence.longestGapMilliseconds) ms")
        if let detail = evidence.detail { parts.append(detail) }
        return parts.joined(separator: "; ")
    }
}
