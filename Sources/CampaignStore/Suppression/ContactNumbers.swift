import Campaigns
import GRDB

/// Keeps a contact's next number right: the first one that is live and not suppressed.
enum ContactNumbers {
    /// The condition, on `numbers n`, that a do-not-call entry covers a number at `:now`.
    static let isSuppressed = """
        EXISTS (SELECT 1 FROM suppressions s WHERE s.number = n.number AND s.campaign_id IN (0, n.campaign_id)
            AND (s.ends_at IS NULL OR s.ends_at > :now))
        """

    /// Sets the next number and area of a contact, and suppresses it, or lifts that, where its numbers say so.
    ///
    /// A contact in an attempt keeps its state; settling asks again. Its number stays, too, if it can.
    /// - Returns: the contact's state afterwards.
    @discardableResult
    static func refresh(contact: Int64, _ database: Database, at now: Int64, keep: Int64? = nil) throws -> ContactState
    {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT state, former_state FROM contacts WHERE id = ?"), arguments: [contact]
        )
        guard let row, let state = ContactState(rawValue: row["state"]) else { return .done }
        let next = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT n.id, n.area_id FROM numbers n WHERE n.contact_id = :contact AND n.state = 'live'
                    AND NOT \(isSuppressed) ORDER BY n.id IS NOT :keep, n.position LIMIT 1
                    """), arguments: ["contact": contact, "now": now, "keep": keep])
        guard let next else {
            // A contact whose numbers are all dead is finished, not suppressed.
            let live = try Int.fetchOne(
                database.cachedStatement(sql: "SELECT 1 FROM numbers WHERE contact_id = ? AND state = 'live'"),
                arguments: [contact])
            guard live != nil, state != .inAttempt,
                let suppressed = ContactLifeCycle.next(state, .suppress, former: nil)
            else { return state }
            let former = state == .reserved ? row["former_state"] as String? : state.rawValue
            try database.cachedStatement(
                sql: """
                    UPDATE contacts SET state = ?, former_state = ?, state_at = ?, reason = 'None of its numbers may be called.'
                    WHERE id = ?
                    """
            ).execute(arguments: [suppressed.rawValue, former ?? ContactState.ready.rawValue, now, contact])
            return suppressed
        }
        try database.cachedStatement(sql: "UPDATE contacts SET next_number_id = ?, next_area_id = ? WHERE id = ?")
            .execute(arguments: [next["id"] as Int64, next["area_id"] as Int64, contact])
        guard state == .suppressed else { return state }
        let former = (row["former_state"] as String?).flatMap(ContactState.init(rawValue:))
        let lifted = ContactLifeCycle.next(state, .liftSuppression, former: former) ?? .ready
        try database.cachedStatement(
            sql: "UPDATE contacts SET state = ?, former_state = NULL, state_at = ?, reason = NULL WHERE id = ?"
        ).execute(arguments: [lifted.rawValue, now, contact])
        return lifted
    }

    /// Refreshes every contact that holds a number, in one campaign or (0) in all.
    static func refresh(holding number: Int64, campaign: Int64, _ database: Database, at now: Int64) throws -> Int {
        let contacts = try Int64.fetchAll(
            database,
            sql: """
                SELECT DISTINCT n.contact_id FROM numbers n WHERE n.number = ?1 AND (?2 = 0 OR n.campaign_id = ?2)
                """, arguments: [number, campaign])
        for contact in contacts {
            let keep = try Int64.fetchOne(
                database, sql: "SELECT next_number_id FROM contacts WHERE id = ?", arguments: [contact])
            try refresh(contact: contact, database, at: now, keep: keep)
        }
        return contacts.count
    }
}
