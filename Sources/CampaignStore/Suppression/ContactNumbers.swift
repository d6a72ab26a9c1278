import Campaigns
import GRDB
import PhoneNumbers

/// Keeps a contact's next number right: the first one that is live and not suppressed.
enum ContactNumbers {
    /// The condition, on `numbers n`, that a do-not-call entry covers a number at `:now`.
    static let isSuppressed = SuppressionLookup.covers(number: "n.number", campaign: "n.campaign_id", now: ":now")

    /// The condition that a number of `numbers n` may be dialled by what is known of its range: where it is none that is
    /// known to be in use, its campaign has to say so.
    static let isInRange = """
        (n.validity = 'valid' OR (SELECT dials_possible FROM campaigns k WHERE k.id = n.campaign_id) = 1)
        """

    /// Why a contact is parked whose numbers are all in no known range.
    static let outOfRange =
        "None of its numbers is in a range that is known to be in use, and the campaign dials only such."

    /// Why a contact is suppressed.
    static let noneMayBeCalled = "None of its numbers may be called."

    /// Sets the next number and area of a contact, and suppresses it, or lifts that, where its numbers say so.
    ///
    /// A contact in an attempt keeps its state; settling asks again. Its number stays, too, if it can.
    /// - Returns: the contact's state afterwards.
    @discardableResult
    static func refresh(contact: Int64, _ database: Database, at now: Int64, keep: Int64? = nil) throws -> ContactState
    {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT state, former_state, do_not_call_import FROM contacts WHERE id = ?"),
            arguments: [contact])
        guard let row, let state = ContactState(rawValue: row["state"]) else { return .done }
        let wish = row["do_not_call_import"] as Int64?
        let next =
            wish != nil
            ? nil
            : try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT n.id, n.area_id, \(isInRange) AS in_range FROM numbers n
                        WHERE n.id BETWEEN :contact * 16 AND :contact * 16 + 15 AND n.state = 'live' AND NOT \(isSuppressed)
                        ORDER BY in_range DESC, n.id IS NOT :keep, n.position LIMIT 1
                        """), arguments: ["contact": contact, "now": now, "keep": keep])
        guard let next else {
            // A contact whose numbers are all dead is finished, not suppressed; nobody picks it again.
            let isLive = try hasLive(contact, database)
            if !isLive, state.isSelectable {
                try database.cachedStatement(sql: "UPDATE contacts SET due_at = ? WHERE id = ?")
                    .execute(arguments: [Parking.never, contact])
            }
            guard isLive, state != .inAttempt,
                let suppressed = ContactLifeCycle.next(state, .suppress, former: nil)
            else { return state }
            let former = state == .reserved ? row["former_state"] as String? : state.rawValue
            try database.cachedStatement(
                sql: """
                    UPDATE contacts SET state = ?, former_state = ?, state_at = ?, reason = ? WHERE id = ?
                    """
            ).execute(arguments: [
                suppressed.rawValue, former ?? ContactState.ready.rawValue, now,
                wish == nil ? noneMayBeCalled : ImportWishes.reason, contact,
            ])
            return suppressed
        }
        // What parked it was said of its former number: another may lie where no rule forbids it.
        try database.cachedStatement(
            sql: """
                UPDATE contacts SET next_number_id = ?1, next_area_id = ?2,
                    due_at = iif(due_at = ?4 AND next_number_id IS NOT ?1, iif(class = 'fresh', 0, 1), due_at)
                WHERE id = ?3
                """
        ).execute(arguments: [next["id"] as Int64, next["area_id"] as Int64, contact, Parking.never])
        if !(next["in_range"] as Bool) {
            try database.cachedStatement(sql: "UPDATE contacts SET due_at = ?, reason = ? WHERE id = ?")
                .execute(arguments: [Parking.never, outOfRange, contact])
        }
        guard state == .suppressed else { return state }
        let former = (row["former_state"] as String?).flatMap(ContactState.init(rawValue:))
        let lifted = ContactLifeCycle.next(state, .liftSuppression, former: former) ?? .ready
        try database.cachedStatement(
            sql: "UPDATE contacts SET state = ?, former_state = NULL, state_at = ?, reason = NULL WHERE id = ?"
        ).execute(arguments: [lifted.rawValue, now, contact])
        return lifted
    }

    /// Whether a contact has a number that is not known to be wrong, disconnected or erased.
    static func hasLive(_ contact: Int64, _ database: Database) throws -> Bool {
        try Int.fetchOne(
            database.cachedStatement(
                sql: "SELECT 1 FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15 AND state = 'live' LIMIT 1"),
            arguments: [contact]) != nil
    }

    /// Refreshes every contact that holds a number which an entry covers, in one campaign or (0) in all; many are left to a review,
    /// which the caller does after its transaction.
    ///
    /// - Returns: how many there are; nil where they were left.
    static func refresh(
        covered subject: SuppressionSubject, campaign: Int64, _ database: Database, at now: Int64
    ) throws -> Int? {
        var contacts: Set<Int64> = []
        for range in ranges(of: subject) {
            contacts.formUnion(
                try Int64.fetchAll(
                    database,
                    sql: """
                        SELECT contact_id FROM numbers WHERE number BETWEEN ?1 AND ?2 AND (?3 = 0 OR campaign_id = ?3) LIMIT ?4
                        """,
                    arguments: [range.lowerBound, range.upperBound, campaign, ContactReview.few + 1]))
            guard contacts.count <= ContactReview.few else { break }
        }
        if case .prefix(let prefix) = subject, contacts.count > ContactReview.few {
            try ContactReview.add(.covered(prefix: prefix), campaign: campaign, database)
            return nil
        }
        try refresh(contacts: contacts.sorted(), database, at: now)
        return contacts.count
    }

    /// How many contacts hold a number which an entry covers, in one campaign or (0) in all.
    static func count(covered subject: SuppressionSubject, campaign: Int64, _ database: Database) throws -> Int {
        let conditions = ranges(of: subject).map { "n.number BETWEEN \($0.lowerBound) AND \($0.upperBound)" }
        return try Int.fetchOne(
            database,
            sql: """
                SELECT count(DISTINCT n.contact_id) FROM numbers n WHERE (\(conditions.joined(separator: " OR ")))
                    AND (?1 = 0 OR n.campaign_id = ?1)
                """, arguments: [campaign]) ?? 0
    }

    /// The same in some campaigns; nil for all.
    static func count(
        covered subject: SuppressionSubject, campaigns: Set<Int64>?, _ database: Database
    ) throws -> Int {
        guard let campaigns else { return try count(covered: subject, campaign: 0, database) }
        return try campaigns.reduce(0) { try $0 + count(covered: subject, campaign: $1, database) }
    }

    private static func ranges(of subject: SuppressionSubject) -> [ClosedRange<Int64>] {
        switch subject {
        case .number(let number): [number.digits...number.digits]
        case .prefix(let prefix): ranges(of: prefix)
        }
    }

    static func refresh(contacts: [Int64], _ database: Database, at now: Int64) throws {
        let next = try database.cachedStatement(sql: "SELECT next_number_id FROM contacts WHERE id = ?")
        for contact in contacts {
            let keep = try Int64.fetchOne(next, arguments: [contact])
            try refresh(contact: contact, database, at: now, keep: keep)
        }
    }

    /// The numbers that begin with a prefix: one range for each count of digits that may follow.
    static func ranges(of prefix: Int64) -> [ClosedRange<Int64>] {
        var ranges: [ClosedRange<Int64>] = []
        var (low, high) = (prefix, prefix)
        while high <= 999_999_999_999_999 {
            ranges.append(low...high)
            low *= 10
            high = high * 10 + 9
        }
        return ranges
    }
}
