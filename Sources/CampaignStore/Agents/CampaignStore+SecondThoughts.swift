import Campaigns
import Eligibility
import GRDB
import PhoneNumbers
import RetryPolicy

/// What came of changing a disposition.
public enum ChangedDisposition: Sendable, Hashable {
    /// The retry policy was applied again, and this follows.
    case decidedAnew(RetryDecision)
    /// It is noted, and what follows stays: the sentence says why.
    case onlyNoted(String)

    /// What follows, to be put behind the disposition's label.
    public var text: String {
        switch self {
        case .decidedAnew(let decision): ". \(decision.reason.text)"
        case .onlyNoted(let why): ", noted. What follows stays as it was. \(why)"
        }
    }
}

/// What is said of an attempt.
public struct SaidOfAttempt: Sendable, Hashable {
    public var disposition: String?
    public var note: String?

    /// What is said, from its parts.
    public init(disposition: String?, note: String?) {
        self.disposition = disposition
        self.note = note
    }
}

/// How a person brings back a contact that was finished.
public enum Reopening: Sendable, Hashable {
    /// It is called again as a retry, not before an instant.
    case retry(notBefore: Instant)
    /// A callback was agreed, for an agent or (nil) anyone.
    case callback(CallbackTime, agent: String?)
}

extension CampaignStore {
    /// Changes what was said of a settled attempt. Where the contact was not tried since, what follows is decided anew.
    ///
    /// A do-not-call entry that the former word made stays: only a person takes it off (`offhook dnc remove`).
    /// - Parameters:
    ///   - former: what must still be said of it, where somebody looked before; nil where that does not matter.
    ///   - by: who changes it, for the journal.
    ///   - rules: of the attempt's campaign.
    /// - Throws: `StoreError.notFound`; `.refused` while the attempt is open; `.changedMeanwhile`.
    @discardableResult
    public func changeDisposition(
        of attempt: AttemptID, to disposition: Disposition, callback: CallbackTime? = nil, note: String? = nil,
        ifStill former: SaidOfAttempt? = nil, by person: String?, rules: EligibilityRules, at now: Instant
    ) throws -> ChangedDisposition {
        try write { database in
            let row = try Row.fetchOne(database, sql: "SELECT * FROM attempts WHERE id = ?", arguments: [attempt.value])
            guard let row else {
                throw StoreError.notFound(
                    what: "attempt", name: String(attempt.value), hint: "see offhook report attempts")
            }
            if let former, former != SaidOfAttempt(disposition: row["disposition"], note: row["note"]) {
                throw StoreError.changedMeanwhile(what: "attempt", name: String(attempt.value))
            }
            guard row["phase"] == AttemptPhase.settled.rawValue,
                let outcome = (row["outcome"] as String?).flatMap(Outcome.init(rawValue:))
            else { throw StoreError.refused("Attempt \(attempt.value) is not over yet.") }
            guard outcome.countsForCaps else {
                throw StoreError.refused(
                    "Attempt \(attempt.value) dialled nothing (\(outcome.rawValue)); there is nothing to say of it.")
            }
            let former = (row["disposition_class"] as String?).flatMap(DispositionClass.init(rawValue:))
            let wasDead = former == .wrongNumber || former == .disconnectedNumber
            if let contact = row["contact_id"] as Int64? {
                try CallbackTimeCheck(
                    contact: contact, number: row["number_id"], revivesNumber: wasDead, rules: rules, now: now
                ).check(callback, database)
            }
            try CallRollups.remove(attempt.value, database)
            try database.execute(
                sql: """
                    UPDATE attempts SET disposition = ?, disposition_class = ?, ending = ?, note = coalesce(?, note)
                    WHERE id = ?
                    """,
                arguments: [
                    disposition.code, disposition.dispositionClass.rawValue,
                    RetryPolicy.ending(outcome: outcome, disposition: disposition.dispositionClass),
                    try Self.isErased(attempt, database) ? nil : note, attempt.value,
                ])
            try CallRollups.add(attempt.value, database)
            let subject = JournalSubject(
                campaign: row["campaign_id"], contact: row["contact_id"], attempt: attempt.value,
                number: row["number"], station: row["station"], agent: person)
            try database.journal("attempt_disposed_anew", at: now, subject, detail: disposition.code)
            try database.journal(
                "disposition_changed", at: now, subject, detail: "from \(row["disposition"] as String? ?? "none")")
            if let obstacle = try Self.obstacle(to: row, disposition, at: now, database) {
                return .onlyNoted(obstacle)
            }
            if wasDead {
                try database.execute(
                    sql: "UPDATE numbers SET state = 'live' WHERE id = ?", arguments: [row["number_id"] as Int64?])
            }
            try ContactStates.apply(.reconsider, to: row["contact_id"], at: now.milliseconds, database)
            guard
                let decided = try Self.followUp(
                    row, outcome, disposition, callback, rules: rules, at: now, database)
            else { return .onlyNoted("The call has no contact.") }
            return .decidedAnew(decided)
        }
    }

    /// Why what follows an attempt is not decided again; nil where it can be. A wish not to be called is heard in any case.
    private static func obstacle(
        to row: Row, _ disposition: Disposition, at now: Instant, _ database: Database
    ) throws -> String? {
        guard let contact = row["contact_id"] as Int64?,
            let text = try String.fetchOne(
                database, sql: "SELECT state FROM contacts WHERE id = ?", arguments: [contact]),
            let state = ContactState(rawValue: text)
        else { return "The call has no contact." }
        let newer = try Int64.fetchOne(
            database, sql: "SELECT id FROM attempts WHERE contact_id = ? AND id > ? LIMIT 1",
            arguments: [contact, row["id"] as Int64])
        let isErased = try isErased(AttemptID(row["id"]), database)
        var why: String?
        if isErased {
            why = "The person was erased and is not called again."
        } else if newer != nil {
            why = "The contact was called again since."
        } else if ContactLifeCycle.next(state, .reconsider, former: nil) == nil {
            why =
                state == .suppressed
                ? "The contact's numbers are on the do-not-call list; take them off with offhook dnc remove."
                : "The contact is “\(state.rawValue)”."
        }
        guard let why, disposition.dispositionClass == .doNotCall else { return why }
        for digits in try Int64.fetchAll(
            database, sql: "SELECT number FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15", arguments: [contact])
        {
            guard let number = PhoneNumber(digits: digits) else { continue }
            _ = try Suppressions.add(
                .number(number), campaign: 0, source: "agent", end: nil, at: now.milliseconds, database)
        }
        try ContactNumbers.refresh(contact: contact, database, at: now.milliseconds)
        return "\(why) Its numbers are on the do-not-call list."
    }

    /// Whether an attempt is kept for the law alone: its person was erased, and no word of them is stored again.
    static func isErased(_ attempt: AttemptID, _ database: Database) throws -> Bool {
        try Int.fetchOne(
            database, sql: "SELECT 1 FROM erasures WHERE attempt_id = ?", arguments: [attempt.value]) != nil
    }

    /// Brings back a contact that is done or exhausted: a person wants it called again. Every calling rule holds as before.
    ///
    /// - Parameters:
    ///   - by: who wants it, for the journal.
    ///   - clock: the contact's, for a callback on its own clock.
    /// - Throws: `StoreError.notFound`; `.refused` where the contact is not finished, or none of its numbers may be called.
    public func reopen(
        _ contact: ContactID, _ reopening: Reopening, by person: String?, rules: EligibilityRules, at now: Instant
    ) throws -> Instant {
        try write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT c.campaign_id, c.state, c.next_number_id, a.zones, a.region, a.jurisdiction FROM contacts c
                    LEFT JOIN areas a ON a.id = c.next_area_id WHERE c.id = ?
                    """, arguments: [contact.value])
            guard let row, let state = ContactState(rawValue: row["state"]) else {
                throw StoreError.notFound(what: "contact", name: String(contact.value), hint: "")
            }
            let live = try Int.fetchOne(
                database, sql: "SELECT 1 FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15 AND state = 'live'",
                arguments: [contact.value])
            guard live != nil else {
                throw StoreError.refused(
                    "An agent said that every number of the contact is wrong or disconnected; import it with a new one."
                )
            }
            if case .callback(let time, _) = reopening {
                try CallbackTimeCheck(contact: contact.value, number: row["next_number_id"], rules: rules, now: now)
                    .check(time, database)
            }
            let clock = (row["zones"] as String?).flatMap { _ in rules.clock(of: Areas.area(row)) }
            let (event, due, contactClass, agent): (ContactEvent, Instant, String, String?) =
                switch reopening {
                case .retry(let notBefore): (.reopenForRetry, notBefore, "retry", nil)
                case .callback(let time, let agent):
                    (.reopenForCallback, time.instant(on: clock), "callback", agent)
                }
            guard ContactLifeCycle.next(state, event, former: nil) != nil else {
                throw StoreError.refused(
                    "The contact is “\(state.rawValue)”: only one that is done or exhausted is brought back.")
            }
            try ContactStates.apply(event, to: contact.value, at: now.milliseconds, database)
            try database.execute(
                sql: """
                    UPDATE contacts SET class = ?, due_at = ?, agent = ?, avoid_station = NULL,
                        reason = 'A person brought it back.' WHERE id = ?
                    """, arguments: [contactClass, max(due.milliseconds, 1), agent, contact.value])
            if contactClass == "callback" {
                try AgreedCallbacks.agree(
                    contact: contact.value, campaign: row["campaign_id"], agent: agent, by: person,
                    due: due.milliseconds, at: now.milliseconds, database)
            }
            try ContactNumbers.refresh(
                contact: contact.value, database, at: now.milliseconds, keep: row["next_number_id"])
            try database.journal(
                "contact_reopened", at: now,
                JournalSubject(campaign: row["campaign_id"], contact: contact.value, agent: person),
                detail: "\(contactClass), not before \(due.iso8601)")
            return due
        }
    }
}
