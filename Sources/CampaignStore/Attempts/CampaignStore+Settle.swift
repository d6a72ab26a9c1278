import Campaigns
import Eligibility
import GRDB
import PhoneNumbers
import RetryPolicy

extension CampaignStore {
    /// Settles an attempt: outcome, evidence, disposition and what follows for the contact, in one transaction.
    ///
    /// - Parameters:
    ///   - ending: how the call ended; nil where wrap-up stored it already.
    ///   - disposition: what the agent said; nil where nobody was asked.
    ///   - rules: the campaign's rules, for its retry policy and the contact's clock.
    /// - Returns: what follows; nil for a call without a contact.
    @discardableResult
    public func settleAttempt(
        _ attempt: AttemptID, _ ending: CallEnding?, disposition: Disposition?, rules: EligibilityRules?,
        at now: Instant
    ) throws -> RetryDecision? {
        try write { database in
            let next = try Self.next(attempt, .settle, database)
            if let ending { try Self.store(ending, attempt, database) }
            let row = try Row.fetchOne(database, sql: "SELECT * FROM attempts WHERE id = ?", arguments: [attempt.value])
            guard let row, let outcome = (row["outcome"] as String?).flatMap(Outcome.init(rawValue:)) else {
                throw StoreError.refused("Attempt \(attempt.value) has no outcome to settle with.")
            }
            let kind = RetryPolicy.ending(outcome: outcome, disposition: disposition?.dispositionClass)
            try database.execute(
                sql: """
                    UPDATE attempts SET phase = ?, settled_at = ?, disposition = ?, disposition_class = ?, ending = ? WHERE id = ?
                    """,
                arguments: [
                    next.rawValue, now.milliseconds, disposition?.code, disposition?.dispositionClass.rawValue, kind,
                    attempt.value,
                ])
            var decision: RetryDecision?
            if let contact = row["contact_id"] as Int64?, let rules {
                let facts = try Self.retryFacts(row, outcome, disposition?.dispositionClass, kind, at: now, database)
                let decided = RetryPolicy(rules.campaign.retry).decide(facts)
                try FollowUp.apply(
                    decided, contact: contact, attempt: row, disposition: disposition?.dispositionClass, at: now,
                    database)
                try database.execute(
                    sql: "UPDATE attempts SET follow_up = ? WHERE id = ?",
                    arguments: [decided.reason.text, attempt.value])
                decision = decided
            }
            try database.journal(
                "attempt_settled", at: now,
                JournalSubject(
                    campaign: row["campaign_id"], contact: row["contact_id"], attempt: attempt.value,
                    number: row["number"], station: row["station"]),
                detail: disposition.map { "\(outcome.rawValue), \($0.code)" } ?? outcome.rawValue)
            return decision
        }
    }

    private static func retryFacts(
        _ row: Row, _ outcome: Outcome, _ disposition: DispositionClass?, _ ending: String, at now: Instant,
        _ database: Database
    ) throws -> RetryFacts {
        let contact = row["contact_id"] as Int64?
        let count = { (condition: String, argument: (any DatabaseValueConvertible)?) in
            try Int.fetchOne(
                database, sql: "SELECT count(*) FROM attempts WHERE contact_id = ? AND \(condition)",
                arguments: [contact, argument]) ?? 0
        }
        let other = try Int.fetchOne(
            database,
            sql: "SELECT 1 FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15 AND id <> ?2 AND state = 'live'",
            arguments: [contact, row["number_id"] as Int64?])
        return RetryFacts(
            endedAt: (row["ended_at"] as Int64?).map(Instant.init(milliseconds:)) ?? now,
            dialledAt: Instant(milliseconds: row["intended_at"]), outcome: outcome, disposition: disposition,
            sameEnding: try count("ending = ?", ending),
            totalAttempts: try count(
                "(outcome IS NULL OR outcome NOT IN ('phone_refused', 'not_sent')) AND ? IS NULL", nil),
            undialledInDay: try count(
                "outcome IN ('phone_refused', 'not_sent') AND intended_at > ?", now.milliseconds - 86_400_000),
            hasOtherNumber: other != nil, utcOffset: (row["utc_offset"] as Int?) ?? 0)
    }
}

/// Carries a retry policy's decision out on the contact.
enum FollowUp {
    static func apply(
        _ decision: RetryDecision, contact: Int64, attempt: Row, disposition: DispositionClass?, at now: Instant,
        _ database: Database
    ) throws {
        let number: Int64 = attempt["number"]
        let numberID: Int64? = attempt["number_id"]
        if disposition == .wrongNumber || disposition == .disconnectedNumber {
            try database.execute(sql: "UPDATE numbers SET state = 'dead' WHERE id = ?", arguments: [numberID])
        }
        let event: ContactEvent
        var due: Int64?
        var contactClass: String?
        var avoided: String?
        switch decision {
        case .retry(let notBefore, _), .nextNumber(let notBefore, _):
            event = .settleRetry
            due = notBefore.milliseconds
            contactClass = "retry"
        case .asBefore(let notBefore, _):
            event = .settleAsBefore
            due = notBefore.milliseconds
            avoided = attempt["station"]
        case .callback(let notBefore, let agentOnly, _):
            event = .settleCallback
            due = notBefore.milliseconds
            contactClass = "callback"
            if agentOnly {
                try database.execute(
                    sql: "UPDATE contacts SET agent = ? WHERE id = ?",
                    arguments: [attempt["agent"] as String?, contact])
            }
        case .done: event = .settleDone
        case .exhausted: event = .settleExhausted
        case .suppress: event = .settleSuppressed
        }
        try ContactStates.apply(event, to: contact, at: now.milliseconds, database)
        try database.execute(
            sql: """
                UPDATE contacts SET due_at = coalesce(?, due_at), class = coalesce(?, class), reason = ?, avoid_station = ?
                WHERE id = ?
                """, arguments: [due, contactClass, decision.reason.text, avoided, contact])
        if case .suppress = decision {
            // The number is suppressed everywhere; the contact has said so, so its other numbers rest too.
            let numbers = try Int64.fetchAll(
                database, sql: "SELECT number FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15",
                arguments: [contact])
            for each in Set(numbers + [number]).compactMap(PhoneNumber.init(digits:)) {
                _ = try Suppressions.add(
                    .number(each), campaign: 0, source: "agent", end: nil, at: now.milliseconds, database)
            }
        }
        try ContactNumbers.refresh(contact: contact, database, at: now.milliseconds, keep: numberID)
    }
}
