import CallingRules
import Campaigns
import Eligibility
import GRDB
import PhoneNumbers
import RetryPolicy

extension CampaignStore {
    /// Settles an attempt: outcome, evidence, disposition and what follows for the contact, in one transaction.
    ///
    /// What ``keep(_:of:at:)`` kept of it counts where the disposition is nil or none given.
    /// - Parameters:
    ///   - ending: how the call ended; nil where wrap-up stored it already.
    ///   - disposition: what the agent said; nil where nobody was asked.
    ///   - callback: the time that was agreed, where the disposition is a callback.
    ///   - note: what the agent wrote down of the call; nil leaves what stands there.
    ///   - rules: the campaign's rules, for its retry policy and the contact's clock.
    /// - Returns: what follows; nil for a call without a contact.
    @discardableResult
    public func settleAttempt(
        _ attempt: AttemptID, _ ending: CallEnding?, disposition: Disposition?, callback: CallbackTime? = nil,
        note: String? = nil, rules: EligibilityRules?, at now: Instant
    ) throws -> RetryDecision? {
        try write { database in
            let next = try Self.next(attempt, .settle, database)
            if let ending { try Self.store(ending, attempt, database) }
            let row = try Row.fetchOne(database, sql: "SELECT * FROM attempts WHERE id = ?", arguments: [attempt.value])
            guard let row, let outcome = (row["outcome"] as String?).flatMap(Outcome.init(rawValue:)) else {
                throw StoreError.refused("Attempt \(attempt.value) has no outcome to settle with.")
            }
            // The row decides, not whoever settles: what was confirmed to the agent is there before the confirmation.
            let kept = disposition.map { $0.dispositionClass == .noneGiven } ?? true ? SaidDisposition(row) : nil
            let disposition = kept?.disposition ?? disposition
            let callback = kept == nil ? callback : kept?.callback
            let kind = RetryPolicy.ending(outcome: outcome, disposition: disposition?.dispositionClass)
            try database.execute(
                sql: """
                    UPDATE attempts SET phase = ?, settled_at = ?, disposition = ?, disposition_class = ?, ending = ?,
                        note = coalesce(?, note), said_callback = NULL
                    WHERE id = ?
                    """,
                arguments: [
                    next.rawValue, now.milliseconds, disposition?.code, disposition?.dispositionClass.rawValue, kind,
                    note, attempt.value,
                ])
            try CallRollups.add(attempt.value, database)
            if outcome.countsForCaps {
                try AgreedCallbacks.called(
                    contact: row["contact_id"], attempt: attempt.value, at: row["intended_at"], database)
            }
            let decision = try Self.followUp(row, outcome, disposition, callback, rules: rules, at: now, database)
            try database.journal(
                "attempt_settled", at: now,
                JournalSubject(
                    campaign: row["campaign_id"], contact: row["contact_id"], attempt: attempt.value,
                    number: row["number"], station: row["station"], agent: row["agent"]),
                detail: disposition.map { "\(outcome.rawValue), \($0.code)" } ?? outcome.rawValue)
            return decision
        }
    }

    /// Decides what follows an attempt, carries it out on its contact, and notes it; nil where nothing can be decided.
    static func followUp(
        _ row: Row, _ outcome: Outcome, _ disposition: Disposition?, _ callback: CallbackTime?,
        rules: EligibilityRules?, at now: Instant, _ database: Database
    ) throws -> RetryDecision? {
        guard let contact = row["contact_id"] as Int64?, let rules else { return nil }
        let zone = (row["zone"] as String?).flatMap(rules.clock(named:))
        let kind = RetryPolicy.ending(outcome: outcome, disposition: disposition?.dispositionClass)
        var facts = try retryFacts(row, outcome, disposition?.dispositionClass, kind, at: now, database)
        facts.callbackAt = callback?.instant(on: zone)
        let hours = try Areas.area(id: row["area_id"], database).map { area in
            try Self.hours(of: area, contact, called: row["number"], rules, at: now, database)
        }
        let margin = rules.campaign.dial.ringTimeout
        let decided = RetryPolicy(rules.campaign.retry, callbacks: rules.campaign.callbacks).decide(
            facts, clock: LocalClock { zone?.utcOffset(at: $0) ?? 0 },
            opening: { instant in hours.map { $0.nextOpening(from: instant, margin: margin) } ?? instant })
        try FollowUp.apply(
            decided, contact: contact, attempt: row, disposition: disposition?.dispositionClass, at: now, database)
        try database.execute(
            sql: "UPDATE attempts SET follow_up = ? WHERE id = ?",
            arguments: [decided.reason.text, row["id"] as Int64])
        return decided
    }

    /// The calling hours that hold for a contact.
    private static func hours(
        of area: Area, _ contact: Int64, called number: Int64?, _ rules: EligibilityRules, at now: Instant,
        _ database: Database
    ) throws -> CallingHours {
        guard rules.readsContacts(in: area), let number = number.flatMap(PhoneNumber.init(digits:)) else {
            return rules.hours(of: area)
        }
        let fields = try String.fetchOne(
            database, sql: "SELECT fields FROM contacts WHERE id = ?", arguments: [contact])
        let subject = rules.subject(
            fields: FactsReader.fields(fields ?? "[]"), number: number, in: area, at: now)
        return rules.hours(of: area, for: subject, at: now)
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
            // Not counted from the attempts: retention may have removed some of a contact that was finished since.
            totalAttempts: try Int.fetchOne(
                database, sql: "SELECT attempts_made FROM contacts WHERE id = ?", arguments: [contact]) ?? 0,
            undialledInDay: try count(
                "outcome IN ('phone_refused', 'not_sent') AND intended_at > ?", now.milliseconds - 86_400_000),
            hasOtherNumber: other != nil, dice: dice(row["id"]))
    }

    /// A number from 0 up to 1 that looks random and is the same whenever the attempt is looked at again (SplitMix64).
    static func dice(_ attempt: Int64) -> Double {
        var mixed = UInt64(bitPattern: attempt) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / Double(1 << 53 as UInt64)
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
        var agent: String?
        var keep = numberID
        switch decision {
        case .retry(let notBefore, _):
            event = .settleRetry
            due = notBefore.milliseconds
            contactClass = "retry"
        case .nextNumber(let notBefore, _):
            event = .settleRetry
            due = notBefore.milliseconds
            contactClass = "retry"
            keep = try numberAfter(numberID, of: contact, at: now, database) ?? numberID
        case .asBefore(let notBefore, _):
            event = .settleAsBefore
            due = notBefore.milliseconds
            avoided = attempt["station"]
        case .callback(let notBefore, let agentOnly, _):
            event = .settleCallback
            due = notBefore.milliseconds
            contactClass = "callback"
            agent = agentOnly ? attempt["agent"] : nil
        case .done: event = .settleDone
        case .exhausted: event = .settleExhausted
        case .suppress: event = .settleSuppressed
        }
        // A callback that could not be dialled stays its agent's.
        let isAsBefore = event == .settleAsBefore
        try ContactStates.apply(event, to: contact, at: now.milliseconds, database)
        if case .callback(let due, _, _) = decision {
            try AgreedCallbacks.agree(
                contact: contact, campaign: attempt["campaign_id"], agent: agent, by: attempt["agent"],
                due: due.milliseconds, at: now.milliseconds, database)
        } else if !isAsBefore {
            try AgreedCallbacks.withdraw(contact: contact, at: now.milliseconds, database)
        }
        try database.execute(
            sql: """
                UPDATE contacts SET due_at = coalesce(?, due_at), class = coalesce(?, class), reason = ?, avoid_station = ?,
                    agent = iif(?, agent, ?)
                WHERE id = ?
                """, arguments: [due, contactClass, decision.reason.text, avoided, isAsBefore, agent, contact])
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
        try ContactNumbers.refresh(contact: contact, database, at: now.milliseconds, keep: keep)
    }

    /// The contact's next live number that may be called, after the one that was dialled, round and round.
    private static func numberAfter(
        _ numberID: Int64?, of contact: Int64, at now: Instant, _ database: Database
    ) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT n.id FROM numbers n LEFT JOIN numbers was ON was.id = :was
                    WHERE n.contact_id = :contact AND n.state = 'live' AND n.id IS NOT :was
                        AND NOT \(ContactNumbers.isSuppressed)
                    ORDER BY n.position < coalesce(was.position, -1), n.position LIMIT 1
                    """), arguments: ["was": numberID, "contact": contact, "now": now.milliseconds])
    }
}
