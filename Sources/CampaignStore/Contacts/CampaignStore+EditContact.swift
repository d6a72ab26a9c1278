import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

/// What of a contact a person can change.
public struct ContactEdit: Sendable, Hashable {
    public var name: String?
    public var externalID: String?
    /// All of its custom fields, in order; one that is left out goes.
    public var fields: ContactFields

    /// An edit from its parts.
    public init(name: String?, externalID: String?, fields: ContactFields) {
        self.name = name
        self.externalID = externalID
        self.fields = fields
    }
}

extension CampaignStore {
    /// Changes what is named of a contact, in the transaction that reads the rest: of two who change different fields at once,
    /// neither loses anything. See ``editContact(_:_:version:by:at:)``.
    public func changeContact(
        _ id: ContactID, _ change: ContactChange, version: Int64?, by person: String?, at now: Instant
    ) throws -> StoredContact {
        try edit(id, version: version, by: person, at: now) { change.applied(to: $0) }
    }

    /// Changes the name and fields of a contact. A rule that had parked it for good looks again: a field may be a consent.
    ///
    /// - Parameters:
    ///   - version: of the contact as it was read; nil for whatever it is.
    ///   - person: who changes it, for the journal, which keeps neither names nor fields.
    /// - Returns: the contact as it is now.
    /// - Throws: `StoreError.notFound`, `.changedMeanwhile`; `.refused` where the person was erased.
    public func editContact(
        _ id: ContactID, _ edit: ContactEdit, version: Int64?, by person: String?, at now: Instant
    ) throws -> StoredContact {
        try self.edit(id, version: version, by: person, at: now) { _ in edit }
    }

    private func edit(
        _ id: ContactID, version: Int64?, by person: String?, at now: Instant, _ edited: (StoredContact) -> ContactEdit
    ) throws -> StoredContact {
        try write { database in
            let contact = try Self.contact(id, database)
            let edit = edited(contact)
            guard version == nil || version == contact.version else {
                throw StoreError.changedMeanwhile(what: "contact", name: "\(id.value)")
            }
            let erased = try ErasedNumbers(database)
            guard try !contact.numbers.contains(where: { try erased.contains($0.number.digits) }) else {
                throw StoreError.refused("The person asked to be erased; nothing is stored of them any more.")
            }
            try database.execute(
                sql: """
                    UPDATE contacts SET name = ?, external_id = ?, fields = ?,
                        due_at = iif(due_at = ? AND reason IS NOT ? AND next_number_id IS NOT NULL
                            AND state IN ('ready', 'waiting_retry', 'callback'), iif(class = 'fresh', 0, 1), due_at)
                    WHERE id = ?
                    """,
                arguments: [
                    edit.name, edit.externalID, edit.fields.json, Parking.never, ContactNumbers.outOfRange, id.value,
                ])
            // Where all of its numbers are dead or out of range, it stays parked.
            try ContactNumbers.refresh(contacts: [id.value], database, at: now.milliseconds)
            try database.journal(
                "contact_edited", at: now,
                JournalSubject(campaign: contact.campaign.value, contact: id.value, agent: person))
            return try Self.contact(id, database)
        }
    }

    /// Agrees a time for the next call of a contact that is to be called anyway. Every calling rule holds as before.
    ///
    /// - Parameters:
    ///   - agent: whose callback it is; nil for anyone's.
    ///   - person: who agreed it, for the journal.
    /// - Returns: the instant.
    /// - Throws: `StoreError.notFound`; `.refused` while it is being called, or where none of its numbers may be called;
    ///   `.callbackRefused` where the time is over, or no call will be allowed then.
    public func scheduleCallback(
        _ id: ContactID, at time: CallbackTime, agent: String?, by person: String?, rules: EligibilityRules,
        now: Instant
    ) throws -> Instant {
        try write { database in
            let contact = try Self.contact(id, database)
            guard ContactLifeCycle.next(contact.state, .scheduleCallback, former: nil) != nil else {
                throw StoreError.refused(
                    "The contact is “\(contact.state.rawValue)”: a callback is agreed for one that waits for its call.")
            }
            guard try ContactNumbers.hasLive(id.value, database) else {
                throw StoreError.refused(
                    "An agent said that every number of the contact is wrong or disconnected; import it with a new one."
                )
            }
            let area = (contact.numbers.first(where: \.isNext) ?? contact.numbers.first)?.area
            let due = time.instant(on: area.flatMap(rules.clock(of:)))
            try CallbackTimeCheck(contact: id.value, number: nil, rules: rules, now: now).check(time, database)
            try ContactStates.apply(.scheduleCallback, to: id.value, at: now.milliseconds, database)
            try database.execute(
                sql: """
                    UPDATE contacts SET class = 'callback', former_state = NULL, due_at = ?, agent = ?,
                        avoid_station = NULL, reason = 'A person agreed the time.' WHERE id = ?
                    """, arguments: [due.milliseconds, agent, id.value])
            try AgreedCallbacks.agree(
                contact: id.value, campaign: contact.campaign.value, agent: agent, by: person, due: due.milliseconds,
                at: now.milliseconds, database)
            try ContactNumbers.refresh(contacts: [id.value], database, at: now.milliseconds)
            try database.journal(
                "callback_scheduled", at: now,
                JournalSubject(campaign: contact.campaign.value, contact: id.value, agent: person),
                detail: due.iso8601)
            return due
        }
    }
}
