import Campaigns

/// A part of a tally: what is not asked for is not added up.
public enum TallyPart: Sendable, CaseIterable, Hashable {
    /// Attempts by outcome.
    case counts
    /// Ring and talk time by outcome.
    case times
    /// Attempts of the class `success`.
    case success
    /// Attempts of every other class of disposition.
    case said
    /// Attempts that spoke to a person.
    case persons
    /// What is told of the desk and the polling: answers that met no page, wrap-up, gaps.
    case work
}

/// The columns that rollups of calls have: what can be added up of settled attempts.
enum TallyColumns {
    /// The column of a class; it must not be taken for an outcome's.
    static func column(_ disposition: DispositionClass) -> String { "said_\(disposition.rawValue)" }

    /// All columns of some parts, in the order of the parts.
    static func expressions(_ parts: Set<TallyPart>) -> [(column: String, sql: String)] {
        TallyPart.allCases.filter(parts.contains).flatMap(expressions)
    }

    /// Each column as an expression over a settled attempt `t`: the definition, said once, that a rebuild and the check go by.
    private static func expressions(_ part: TallyPart) -> [(column: String, sql: String)] {
        let said = { (classes: [DispositionClass]) in
            classes.map { (column($0), "t.disposition_class IS '\($0.rawValue)'") }
        }
        switch part {
        case .counts: return Outcome.allCases.map { ($0.rawValue, "t.outcome = '\($0.rawValue)'") }
        case .times:
            return Outcome.allCases.flatMap { outcome in
                ["ring", "talk"].map {
                    (
                        "\(outcome.rawValue)_\($0)_ms",
                        "iif(t.outcome = '\(outcome.rawValue)', coalesce(t.\($0)_ms, 0), 0)"
                    )
                }
            }
        case .success: return said([.success])
        case .said: return said(DispositionClass.allCases.filter { $0 != .success })
        case .persons: return [("persons", persons)]
        case .work:
            return [
                ("agent_absent", "t.agent_absent"),
                ("wrap_up_ms", "iif(t.wrap_up_until IS NULL, 0, max(0, t.settled_at - t.ended_at))"),
                ("gap_ms", "coalesce(t.gap_ms, 0)"),
            ]
        }
    }

    /// Whether an attempt spoke to a person: a line was connected and the agent did not say that it was a machine, a signal or
    /// nobody.
    static let persons =
        "t.outcome IN ('answered', 'short_answer') AND coalesce(t.disposition_class, '') NOT IN ("
        + notAPerson.map { "'\($0.rawValue)'" }.joined(separator: ", ") + ")"

    /// What an agent says of a connected call that reached nobody.
    static let notAPerson: [DispositionClass] = [.machine, .busyTone, .noAnswer, .disconnectedNumber]
}
