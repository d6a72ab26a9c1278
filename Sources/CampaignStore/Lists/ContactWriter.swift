import Campaigns
import GRDB
import PhoneNumbers

/// Writes the contacts of one piece of an import.
final class ContactWriter {
    enum Result {
        case imported(suppressed: Bool)
        case updated
        case duplicate
    }

    private(set) var areas: [Area: Int64]
    /// The area of the last number, which is nearly always the next one's too.
    private var lastArea: (area: Area, id: Int64)?
    private let database: Database
    private let request: ImportRequest
    private let importID: Int64
    private let dialsPossible: Bool
    private let now: Int64
    private var nextContact: Int64
    private let firstContact: Int64
    private let findNumber: BulkStatement
    private let suppressions: SuppressionProbe
    /// For contacts that may be called as they are, which nearly all are.
    private let insertReady: BulkStatement
    private let insertOther: BulkStatement
    /// By what is known of the number: words that repeat are part of the statement.
    private var insertNumber: [NumberWords: BulkStatement] = [:]
    private let forgetNumbers: BulkStatement
    private let insertQuarantined: BulkStatement

    private struct NumberWords: Hashable {
        var kind: NumberKind
        var validity: NumberValidity
    }

    init(
        _ database: Database, request: ImportRequest, importID: Int64, list: Int64, dialsPossible: Bool,
        areas: [Area: Int64], at now: Int64
    ) throws {
        self.database = database
        self.request = request
        self.importID = importID
        self.dialsPossible = dialsPossible
        self.areas = areas
        self.now = now
        // Numbers of contacts are never given out again, so that old records keep their meaning.
        let last = try Int64.fetchOne(
            database,
            sql: """
                SELECT max(coalesce((SELECT max(id) FROM contacts), 0), coalesce((SELECT max(last_contact) FROM imports), 0))
                """)
        nextContact = (last ?? 0) + 1
        firstContact = nextContact
        let campaign = request.campaign.value
        findNumber = try BulkStatement(
            database,
            request.duplicates == .everywhere
                ? "SELECT contact_id FROM numbers WHERE number = ?1 ORDER BY campaign_id <> \(campaign) LIMIT 1"
                : "SELECT contact_id FROM numbers WHERE number = ?1 AND campaign_id = \(campaign)")
        suppressions = try SuppressionProbe(database, campaign: campaign, at: now)
        insertReady = try BulkStatement(
            database,
            """
            INSERT INTO contacts (id, campaign_id, list_id, import_id, external_id, name, fields, state, priority,
                next_number_id, next_area_id, created_at, state_at)
            VALUES (?1, \(campaign), \(list), \(importID), ?2, ?3, ?4, 'ready', ?5, ?6, ?7, \(now), \(now))
            """)
        insertOther = try BulkStatement(
            database,
            """
            INSERT INTO contacts (id, campaign_id, list_id, import_id, external_id, name, fields, priority,
                next_number_id, next_area_id, state, former_state, due_at, reason, created_at, state_at)
            VALUES (?1, \(campaign), \(list), \(importID), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \(now), \(now))
            """)
        forgetNumbers = try BulkStatement(database, "DELETE FROM numbers WHERE id BETWEEN ?1 * 16 AND ?1 * 16 + 15")
        insertQuarantined = try BulkStatement(
            database,
            "INSERT INTO quarantined_rows (import_id, row, line, raw, reason) VALUES (\(importID), ?1, ?2, ?3, ?4)")
    }

    /// Stores a contact, unless one of its numbers is known.
    func add(_ contact: NewContact) throws -> Result {
        if let known = try claimNumbers(of: contact) {
            guard request.onDuplicate == .update, let known, try update(known, with: contact) else { return .duplicate }
            return .updated
        }
        return .imported(suppressed: try insert(contact))
    }

    /// Stores the numbers of the contact to come. Where one is known already, none stays, and its holder is told if the
    /// contact may be updated; nil where all are stored.
    private func claimNumbers(of contact: NewContact) throws -> Int64?? {
        if request.duplicates == .everywhere {
            for number in contact.numbers {
                if let holder = try holder(of: number.number) { return .some(holder) }
            }
        }
        for (position, number) in contact.numbers.enumerated() {
            let statement = try statement(for: number)
            statement.bind(nextContact * 16 + Int64(position), at: 1)
            statement.bind(nextContact, at: 2)
            statement.bind(Int64(position), at: 3)
            statement.bind(number.number.digits, at: 4)
            statement.bind(number.fileExtension, at: 5)
            statement.bind(try areaID(number.area), at: 6)
            // The unique index is asked by writing: one way down the tree where a look beforehand needs two.
            try statement.run()
            guard database.changesCount == 0 else { continue }
            if position > 0 {
                forgetNumbers.bind(nextContact, at: 1)
                try forgetNumbers.run()
            }
            return .some(request.onDuplicate == .update ? try holder(of: number.number) : nil)
        }
        return nil
    }

    private func holder(of number: PhoneNumber) throws -> Int64? {
        findNumber.bind(number.digits, at: 1)
        return try findNumber.first()
    }

    private func statement(for number: NewContact.Number) throws -> BulkStatement {
        let words = NumberWords(kind: number.kind, validity: number.validity)
        if let known = insertNumber[words] { return known }
        let made = try BulkStatement(
            database,
            """
            INSERT INTO numbers (id, contact_id, campaign_id, position, number, extension, kind, validity, area_id)
            VALUES (?1, ?2, \(request.campaign.value), ?3, ?4, ?5, '\(number.kind.rawValue)', '\(number.validity.rawValue)', ?6)
            ON CONFLICT (number, campaign_id) DO NOTHING
            """)
        insertNumber[words] = made
        return made
    }

    /// Stores the contact whose numbers are there already; true if none of them may be called.
    private func insert(_ contact: NewContact) throws -> Bool {
        let id = nextContact
        nextContact += 1
        var next: (position: Int, isInRange: Bool)?
        for (position, number) in contact.numbers.enumerated() {
            let isInRange = dialsPossible || number.validity == .valid
            guard next == nil || (isInRange && next?.isInRange == false) else { break }
            if try !suppressions.covers(number.number.digits) { next = (position, isInRange) }
        }
        let statement = next?.isInRange == true ? insertReady : insertOther
        statement.bind(id, at: 1)
        statement.bind(contact.externalID, at: 2)
        statement.bind(Int64(contact.priority), at: 5)
        statement.bind(next.map { id * 16 + Int64($0.position) }, at: 6)
        statement.bind(try next.map { try areaID(contact.numbers[$0.position].area) }, at: 7)
        if next?.isInRange != true {
            statement.bind(next == nil ? "suppressed" : "ready", at: 8)
            statement.bind(next == nil ? "ready" : nil, at: 9)
            statement.bind(next == nil ? 0 : Parking.never, at: 10)
            statement.bind(next == nil ? "None of its numbers may be called." : ContactNumbers.outOfRange, at: 11)
        }
        try statement.run(with: contact.name, at: 3, and: contact.fields.json, at: 4)
        return next == nil
    }

    /// False for another campaign's contact, which is not ours to change.
    private func update(_ id: Int64, with contact: NewContact) throws -> Bool {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT campaign_id, fields FROM contacts WHERE id = ?"), arguments: [id])
        guard let row, row["campaign_id"] == request.campaign.value else { return false }
        if request.isDryRun { return true }
        let fields = ContactFields(json: row["fields"]).updated(with: contact.fields)
        try database.cachedStatement(
            sql: """
                UPDATE contacts SET name = coalesce(?, name), external_id = coalesce(?, external_id), fields = ?,
                    due_at = iif(due_at = ? AND reason IS NOT ?, iif(class = 'fresh', 0, 1), due_at)
                WHERE id = ?
                """
            // New fields may be what a rule waited for, such as a consent.
        ).execute(arguments: [
            contact.name, contact.externalID, fields.json, Parking.never, ContactNumbers.outOfRange, id,
        ])
        return true
    }

    /// Keeps a row that is no contact, with its reason.
    func quarantine(_ row: NewQuarantinedRow) throws {
        insertQuarantined.bind(Int64(row.row), at: 1)
        insertQuarantined.bind(Int64(row.line), at: 2)
        insertQuarantined.bind(row.raw, at: 3)
        insertQuarantined.bind(row.reason, at: 4)
        try insertQuarantined.run()
    }

    /// Notes how far the import is.
    func finish(_ counts: ImportCounts) throws {
        let last = nextContact > firstContact ? nextContact - 1 : nil
        try database.execute(
            sql: """
                UPDATE imports SET first_contact = coalesce(first_contact, ?1), last_contact = coalesce(?2, last_contact),
                    rows_read = ?3, imported = ?4, updated = ?5, duplicates = ?6, quarantined = ?7, suppressed = ?8
                WHERE id = ?9
                """,
            arguments: [
                last == nil ? nil : firstContact, last, counts.read, counts.imported, counts.updated, counts.duplicates,
                counts.quarantined, counts.suppressed, importID,
            ])
    }

    private func areaID(_ area: Area) throws -> Int64 {
        if let lastArea, lastArea.area == area { return lastArea.id }
        if let id = areas[area] {
            lastArea = (area, id)
            return id
        }
        let id = try Areas.id(of: area, database)
        areas[area] = id
        return id
    }
}
