import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

extension NewContact.Number {
    /// A number that somebody typed, with where it is.
    public init(_ reading: NumberReading, atlas: NumberAtlas) {
        let location = atlas.location(of: reading.number, region: reading.region, kind: reading.kind)
        self.init(
            number: reading.number, fileExtension: reading.extension, kind: reading.kind, validity: reading.validity,
            area: Area(zones: location.zones, region: location.region, jurisdiction: location.jurisdiction))
    }
}

extension CampaignStore {
    /// The list that holds the contacts whose number an agent typed in.
    public static let typedList = "typed by hand"

    /// Writes down the attempt to call a number that an agent typed: the contact that holds it is made, set aside and called in
    /// one transaction, in a list of its own, so that every rule, cap and retry holds for it as for any other.
    ///
    /// Where the call is refused nothing is left behind: no other station can come to dial what an agent typed in vain. A contact of
    /// the campaign that holds the number already is called at this number, by the rules for this number, whichever of its numbers
    /// is next. Refused at its next number it is put back as ``recordIntent(_:rules:at:)`` does; refused at another one it stays
    /// as it was, since nothing was said of its next one.
    /// - Parameters:
    ///   - number: as ``NewContact`` holds it: with kind, validity and area.
    ///   - request: the attempt, once the contact is set aside: to dial the reservation's number, and no other. What it throws
    ///     undoes everything.
    public func recordIntent(
        typed number: NewContact.Number, campaign: CampaignID, station: String, agent: String?,
        rules: EligibilityRules, at now: Instant, _ request: (Reservation) throws -> IntentRequest
    ) throws -> TypedIntent {
        try write { database in
            if let known = try Self.holder(of: number.number, campaign: campaign, database) {
                return try intend(
                    known, campaign: campaign, station: station, rules: rules, at: now, request, database)
            }
            var result: TypedIntent?
            try database.inSavepoint {
                let id = try Self.insert(number, campaign: campaign, by: agent, at: now, database)
                guard let facts = try FactsReader.facts(contact: id, numberID: id * 16, at: now, database) else {
                    return .rollback
                }
                // Asked before it is set aside: what is on the do-not-call list cannot be.
                let verdict = Eligibility.evaluate(
                    facts, under: rules, at: now, margin: rules.campaign.dial.ringTimeout, claimed: true)
                guard verdict.verdict.isAllowed else {
                    result = .denied(verdict)
                    return .rollback
                }
                guard let reservation = try reserve(id, of: campaign, station: station, at: now, database) else {
                    return .rollback
                }
                let intent = TypedIntent(
                    try intend(try request(reservation), rules: rules, at: now, database), reservation)
                result = intent
                if case .recorded = intent { return .commit }
                return .rollback
            }
            return result ?? .notCallable(nil)
        }
    }

    /// The contact of a campaign that holds a number, and the number's own row.
    private struct Holder {
        var contact: Int64
        var numberID: Int64
        /// Whether it is the number that the contact is called at next.
        var isNext: Bool
    }

    private static func holder(
        of number: PhoneNumber, campaign: CampaignID, _ database: Database
    ) throws -> Holder? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT n.contact_id, n.id, n.id IS c.next_number_id AS is_next
                FROM numbers n JOIN contacts c ON c.id = n.contact_id WHERE n.number = ? AND n.campaign_id = ?
                """, arguments: [number.digits, campaign.value]
        ).map { Holder(contact: $0["contact_id"], numberID: $0["id"], isNext: $0["is_next"]) }
    }

    private func intend(
        _ known: Holder, campaign: CampaignID, station: String, rules: EligibilityRules, at now: Instant,
        _ request: (Reservation) throws -> IntentRequest, _ database: Database
    ) throws -> TypedIntent {
        var result: TypedIntent?
        try database.inSavepoint {
            let reservation = try reserve(
                known.contact, number: known.numberID, of: campaign, station: station, at: now, database)
            guard let reservation else { return .rollback }
            let intent = TypedIntent(
                try intend(try request(reservation), rules: rules, at: now, database), reservation)
            result = intent
            if case .denied = intent, !known.isNext { return .rollback }
            return .commit
        }
        return result ?? .notCallable(ContactID(known.contact))
    }

    private static func insert(
        _ number: NewContact.Number, campaign: CampaignID, by person: String?, at now: Instant, _ database: Database
    ) throws -> Int64 {
        try database.execute(
            sql: "INSERT INTO lists (campaign_id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [campaign.value, Self.typedList, now.milliseconds])
        let list = try Int64.fetchOne(
            database, sql: "SELECT id FROM lists WHERE campaign_id = ? AND name = ?",
            arguments: [campaign.value, Self.typedList])
        let area = try Areas.id(of: number.area, database)
        try database.execute(
            sql: """
                INSERT INTO contacts (campaign_id, list_id, state, next_area_id, created_at, state_at)
                VALUES (?, ?, 'ready', ?, ?, ?)
                """, arguments: [campaign.value, list, area, now.milliseconds, now.milliseconds])
        let id = database.lastInsertedRowID
        try database.execute(
            sql: """
                INSERT INTO numbers (id, contact_id, campaign_id, position, number, extension, kind, validity, area_id)
                VALUES (?1 * 16, ?1, ?2, 0, ?3, ?4, ?5, ?6, ?7)
                """,
            arguments: [
                id, campaign.value, number.number.digits, number.fileExtension, number.kind.rawValue,
                number.validity.rawValue, area,
            ])
        try ContactNumbers.refresh(contact: id, database, at: now.milliseconds)
        try database.journal(
            "contact_typed", at: now,
            JournalSubject(campaign: campaign.value, contact: id, number: number.number.digits, agent: person))
        return id
    }
}

/// The answer of ``CampaignStore/recordIntent(typed:campaign:station:agent:rules:at:_:)``.
public enum TypedIntent: Sendable, Hashable {
    /// The attempt is written down; the command must follow within 2 s.
    case recorded(AttemptID, Reservation)
    /// A rule forbids it; a contact that was known before was put back, another is not there.
    case denied(EligibilityVerdict)
    /// The contact that holds the number is finished, suppressed or being called.
    case notCallable(ContactID?)

    init(_ result: IntentResult, _ reservation: Reservation) {
        switch result {
        case .recorded(let attempt): self = .recorded(attempt, reservation)
        case .denied(let verdict): self = .denied(verdict)
        }
    }
}
