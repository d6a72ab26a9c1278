import CallingRules
import Campaigns
import Eligibility
import GRDB

extension CampaignStore {
    /// Why no callback can be agreed for a time with the contact of an attempt; nil where it can.
    ///
    /// - Parameter rules: of the attempt's campaign.
    public func callbackRefusal(
        of attempt: AttemptID, at time: CallbackTime, rules: EligibilityRules, now: Instant
    ) throws -> CallbackRefusal? {
        try read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT contact_id, number_id FROM attempts WHERE id = ?", arguments: [attempt.value])
            guard let row, let contact = row["contact_id"] as Int64? else { return nil }
            return try CallbackTimeCheck(contact: contact, number: row["number_id"], rules: rules, now: now)
                .refusal(time, database)
        }
    }
}

/// Holds the time of a callback against the rules, inside the transaction that agrees it: every way to agree one asks here.
struct CallbackTimeCheck {
    let contact: Int64
    /// The row of the number that is called back; nil for the one that is next.
    let number: Int64?
    /// Whether the number, which an agent called wrong or disconnected, is live again with what is said now.
    var revivesNumber = false
    let rules: EligibilityRules
    let now: Instant

    /// - Throws: `StoreError.callbackRefused`.
    func check(_ time: CallbackTime?, _ database: Database) throws {
        guard let time, let refusal = try refusal(time, database) else { return }
        throw StoreError.callbackRefused(refusal.sentence)
    }

    func refusal(_ time: CallbackTime, _ database: Database) throws -> CallbackRefusal? {
        let numberID = try Int64.fetchOne(
            database, sql: "SELECT coalesce(?2, next_number_id, id * 16) FROM contacts WHERE id = ?1",
            arguments: [contact, number])
        guard let numberID,
            var facts = try FactsReader.facts(contact: contact, numberID: numberID, at: now, database)
        else { return nil }
        if revivesNumber { facts.numberDead = false }
        return Eligibility.refusal(
            ofCallbackAt: time.instant(on: rules.clock(of: facts.area)), facts, under: rules, at: now)
    }
}
