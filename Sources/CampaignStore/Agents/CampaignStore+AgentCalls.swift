import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

/// What an agent's page shows of contacts and of the agent's own calls.
extension CampaignStore {
    /// One contact as it is shown to whoever speaks with it.
    ///
    /// - Throws: `StoreError.notFound`.
    public func card(of contact: ContactID) throws -> ContactCard {
        let card = try read { database in
            try Row.fetchOne(database, sql: "\(ContactCard.select) WHERE c.id = ?", arguments: [contact.value])
                .map(ContactCard.init)
        }
        guard let card else { throw StoreError.notFound(what: "contact", name: String(contact.value), hint: "") }
        return card
    }

    /// The attempts of a contact, the latest first.
    public func attempts(of contact: ContactID, limit: Int) throws -> [AttemptRow] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "\(AttemptRow.select) WHERE t.contact_id = ? ORDER BY t.intended_at DESC, t.id DESC LIMIT ?",
                arguments: [contact.value, limit]
            ).map(AttemptRow.init)
        }
    }

    /// The numbers of a contact, in calling order.
    public func numbers(of contact: ContactID) throws -> [PhoneNumber] {
        try read { database in
            try Int64.fetchAll(
                database, sql: "SELECT number FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15 ORDER BY id",
                arguments: [contact.value]
            ).compactMap(PhoneNumber.init(digits:))
        }
    }

    /// What the calling rules look at for a contact.
    ///
    /// - Parameter number: which of its numbers; nil, or one that it has not, for the one that is called next.
    /// - Returns: nil where there is no such contact.
    public func facts(
        of contact: ContactID, number: PhoneNumber? = nil, at now: Instant
    ) throws -> EligibilityFacts? {
        try read { database in
            let numberID = try Int64.fetchOne(
                database,
                sql: """
                    SELECT coalesce(
                        (SELECT id FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15 AND number = ?2),
                        c.next_number_id, c.id * 16) FROM contacts c WHERE c.id = ?1
                    """, arguments: [contact.value, number?.digits])
            guard let numberID else { return nil }
            return try FactsReader.facts(contact: contact.value, numberID: numberID, at: now, database)
        }
    }

    /// The last call of an agent at a station that is over and dialled something; nil where there is none since an instant.
    public func lastCall(of agent: String, at station: String, since: Instant) throws -> AttemptRow? {
        try read { database in
            // By campaign, so that the index on it and the time is used: there may be millions of older calls.
            try Row.fetchOne(
                database,
                sql: """
                    \(AttemptRow.select) WHERE t.campaign_id IN (SELECT id FROM campaigns) AND t.intended_at >= ?
                    AND t.agent = ? AND t.station = ? AND t.phase = 'settled'
                    AND t.outcome NOT IN ('phone_refused', 'not_sent') ORDER BY t.intended_at DESC, t.id DESC LIMIT 1
                    """, arguments: [since.milliseconds, agent, station]
            ).map(AttemptRow.init)
        }
    }

    /// A text that changes whenever a campaign's file or state does, or the rule packs do, for those who keep what they read of them.
    public func campaignsVersion() throws -> String {
        try read { database in
            try String.fetchOne(
                database,
                sql: """
                    SELECT count(*) || ' ' || coalesce(sum(applied_at), 0) || ' ' || coalesce(sum(state_at), 0)
                        || ' ' || coalesce((SELECT value FROM settings WHERE key = 'rules_in_force'), '')
                    FROM campaigns
                    """) ?? ""
        }
    }
}
