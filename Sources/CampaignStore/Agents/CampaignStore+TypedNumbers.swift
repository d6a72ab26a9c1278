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
    /// the campaign that holds the number already is called, and put back, as ``recordIntent(_:rules:at:)`` does.
    /// - Parameters:
    ///   - number: as ``NewContact`` holds it: with kind, validity and area.
    ///   - request: the attempt, once the contact is set aside.
    public func recordIntent(
        typed number: NewContact.Number, campaign: CampaignID, station: String, agent: String?,
        rules: EligibilityRules, at now: Instant, _ request: (Reservation) throws -> IntentRequest
    ) throws -> TypedIntent {
        try write { database in
            let known = try Int64.fetchOne(
                database, sql: "SELECT contact_id FROM numbers WHERE number = ? AND campaign_id = ?",
                arguments: [number.number.digits, campaign.value])
            if let known {
                guard let reservation = try reserve(known, of: campaign, station: station, at: now, database) else {
                    return .notCallable(ContactID(known))
                }
                return TypedIntent(
                    try intend(try request(reservation), rules: rules, at: now, database), reservation)
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
