import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

/// Takes facts back to an instant of the past, as far as the database tells what they were.
///
/// Calls and dated do-not-call entries are known exactly. A contact's state is no record of its own; it follows from its calls
/// in most cases. What cannot be known stays as it is today, and is named.
struct PastFacts {
    let past: Instant
    let contact: Int64
    let numberID: Int64
    let database: Database

    /// What a contact was, and whether its due time is still the one of then.
    private enum State {
        case known(ContactState, isDueKnown: Bool)
        case unknown
    }

    /// Takes facts back.
    ///
    /// - Returns: what is as of today nevertheless, in words that follow “as of today:”.
    func apply(to facts: inout EligibilityFacts) throws -> [String] {
        var today = [
            "the campaign's state and rules", "the list", "the contact's fields", "undated do-not-call entries",
        ]
        let row = try Row.fetchOne(
            database, sql: "SELECT campaign_id, state, former_state, state_at, due_at FROM contacts WHERE id = ?",
            arguments: [contact])
        guard let row else { return today }
        let calls = try PastCallReader.calls(contact: contact, number: facts.number.digits, asOf: past, database)
        facts.pastCalls = calls.calls
        facts.openAttempt = calls.open
        facts.totalAttempts = try count(
            "intended_at <= ? AND (outcome IS NULL OR outcome NOT IN ('phone_refused', 'not_sent'))")
        facts.suppressions = try FactsReader.suppressions(
            facts.number, campaign: row["campaign_id"], at: past, asOf: past, database)
        facts.closures = try PlaceClosures.read(at: past, asOf: past, database)
        facts.numberDead = try facts.numberDead && wasDead()
        switch try state(row) {
        case .known(let state, let isDueKnown):
            facts.contactState = state
            if isDueKnown { break }
            // A contact that was never called waits only for what the rules say of it anyway.
            if state == .waitingRetry || state == .callback || facts.parkedBecause != nil {
                today.append("what the contact waited for then, which is not kept")
            }
            facts.notBefore = nil
            facts.parkedBecause = nil
        case .unknown: today.append("the contact's state and waiting time")
        }
        return today
    }

    private func state(_ row: Row) throws -> State {
        let stored = ContactState(rawValue: row["state"])
        let changedAt: Int64 = row["state_at"]
        if let stored, changedAt <= past.milliseconds { return .known(stored, isDueKnown: true) }
        if try count("intended_at <= ?1 AND coalesce(settled_at, ?1 + 1) > ?1") > 0 {
            return .known(.inAttempt, isDueKnown: false)
        }
        let hadCalls = try count("intended_at <= ?") > 0
        guard hadCalls else { return .known(.ready, isDueKnown: false) }
        guard try count("intended_at > ?") > 0 else {
            // Nothing was called since: where it is suppressed now, that alone came later.
            let former = (row["former_state"] as String?).flatMap(ContactState.init(rawValue:))
            guard stored == .suppressed, let former, try !wasChangedByHand() else { return .unknown }
            return .known(former, isDueKnown: true)
        }
        // It was called again later, so it could be called then, unless a person brought it back in between.
        guard try !wasChangedByHand() else { return .unknown }
        let said = try String.fetchOne(
            database,
            sql: """
                SELECT coalesce(disposition_class, '') FROM attempts WHERE contact_id = ? AND intended_at <= ?
                ORDER BY intended_at DESC, id DESC LIMIT 1
                """, arguments: [contact, past.milliseconds])
        let isCallback = said?.hasPrefix("callback") ?? false
        return .known(isCallback ? .callback : .waitingRetry, isDueKnown: false)
    }

    /// Attempts of the contact that meet a condition on the instant.
    private func count(_ condition: String) throws -> Int {
        let sql = "SELECT count(*) FROM attempts WHERE \(condition) AND contact_id = \(contact)"
        return try Int.fetchOne(database, sql: sql, arguments: [past.milliseconds]) ?? 0
    }

    /// Whether an agent had said by then that the number is wrong or disconnected.
    private func wasDead() throws -> Bool {
        try Int.fetchOne(
            database,
            sql: """
                SELECT 1 FROM attempts WHERE number_id = ? AND contact_id = ? AND settled_at <= ?
                AND disposition_class IN ('wrong_number', 'disconnected_number') LIMIT 1
                """, arguments: [numberID, contact, past.milliseconds]) != nil
    }

    /// Whether a person has changed what follows the contact's calls since then.
    private func wasChangedByHand() throws -> Bool {
        try Int.fetchOne(
            database,
            sql: """
                SELECT 1 FROM journal WHERE contact_id = ? AND event IN ('contact_reopened', 'disposition_changed') AND at > ?
                LIMIT 1
                """, arguments: [contact, past.milliseconds]) != nil
    }
}
