import Campaigns

/// The columns that every rollup of calls has: what can be added up of settled attempts.
enum TallyColumns {
    /// The column of a class; it must not be taken for an outcome's.
    static func column(_ disposition: DispositionClass) -> String { "said_\(disposition.rawValue)" }

    /// Each column as an expression over a settled attempt `t`: the definition, said once, that a rebuild and the check go by.
    ///
    /// Somebody was spoken to where a line was connected and the agent did not say that it was a machine, a signal or nobody.
    static let expressions: [(column: String, sql: String)] =
        Outcome.allCases.flatMap { outcome in
            let mine = "t.outcome = '\(outcome.rawValue)'"
            return [
                (outcome.rawValue, mine),
                ("\(outcome.rawValue)_ring_ms", "iif(\(mine), coalesce(t.ring_ms, 0), 0)"),
                ("\(outcome.rawValue)_talk_ms", "iif(\(mine), coalesce(t.talk_ms, 0), 0)"),
            ]
        }
        + DispositionClass.allCases.map { (column($0), "t.disposition_class IS '\($0.rawValue)'") }
        + [
            ("persons", persons),
            ("agent_absent", "t.agent_absent"),
            ("wrap_up_ms", "iif(t.wrap_up_until IS NULL, 0, max(0, t.settled_at - t.ended_at))"),
            ("gap_ms", "coalesce(t.gap_ms, 0)"),
        ]

    /// Whether an attempt spoke to a person.
    static let persons =
        "t.outcome IN ('answered', 'short_answer') AND coalesce(t.disposition_class, '') NOT IN ("
        + notAPerson.map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"

    /// What an agent says of a connected call that reached nobody.
    static let notAPerson: [DispositionClass] = [.machine, .busyTone, .noAnswer, .disconnectedNumber]
}
