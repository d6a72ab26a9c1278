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
    private let insertContact: BulkStatement
    private let insertNumber: BulkStatement
    private let insertQuarantined: BulkStatement

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
        insertContact = try BulkStatement(
            database,
            """
            INSERT INTO contacts (id, campaign_id, list_id, import_id, external_id, name, fields, state, former_state,
                priority, next_number_id, next_area_id, due_at, reason, created_at, state_at)
            VALUES (?1, \(campaign), \(list), \(importID), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \(now), \(now))
            """)
        insertNumber = try BulkStatement(
            database,
            """
            INSERT INTO numbers (id, contact_id, campaign_id, position, number, extension, kind, validity, area_id)
            VALUES (?1, ?2, \(campaign), ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        insertQuarantined = try BulkStatement(
            database,
            "INSERT INTO quarantined_rows (import_id, row, line, raw, reason) VALUES (\(importID), ?1, ?2, ?3, ?4)")
    }

    /// Stores a contact, unless one of its numbers is known.
    func add(_ contact: NewContact) throws -> Result {
        for number in contact.numbers {
            findNumber.bind(number.number.digits, at: 1)
            if let known = try findNumber.first() {
                guard request.onDuplicate == .update, try update(known, with: contact) else { return .duplicate }
                return .updated
            }
        }
        return .imported(suppressed: try insert(contact))
    }

    private func insert(_ contact: NewContact) throws -> Bool {
        let id = nextContact
        nextContact += 1
        var next: (position: Int, isInRange: Bool)?
        for (position, number) in contact.numbers.enumerated() {
            let isInRange = dialsPossible || number.validity == .valid
            guard next == nil || (isInRange && next?.isInRange == false) else { break }
            if try !suppressions.covers(number.number.digits) { next = (position, isInRange) }
        }
        let isSuppressed = next == nil
        insertContact.bind(id, at: 1)
        insertContact.bind(contact.externalID, at: 2)
        insertContact.bind(contact.name, at: 3)
        insertContact.bind(contact.fields.json, at: 4)
        insertContact.bind(isSuppressed ? "suppressed" : "ready", at: 5)
        insertContact.bind(isSuppressed ? "ready" : nil, at: 6)
        insertContact.bind(Int64(contact.priority), at: 7)
        insertContact.bind(next.map { id * 16 + Int64($0.position) }, at: 8)
        insertContact.bind(try next.map { try areaID(contact.numbers[$0.position].area) }, at: 9)
        insertContact.bind(next?.isInRange == false ? Parking.never : 0, at: 10)
        insertContact.bind(
            isSuppressed
                ? "None of its numbers may be called." : next?.isInRange == false ? ContactNumbers.outOfRange : nil,
            at: 11)
        try insertContact.run()
        for (position, number) in contact.numbers.enumerated() {
            insertNumber.bind(id * 16 + Int64(position), at: 1)
            insertNumber.bind(id, at: 2)
            insertNumber.bind(Int64(position), at: 3)
            insertNumber.bind(number.number.digits, at: 4)
            insertNumber.bind(number.fileExtension, at: 5)
            insertNumber.bind(number.kind.rawValue, at: 6)
            insertNumber.bind(number.validity.rawValue, at: 7)
            insertNumber.bind(try areaID(number.area), at: 8)
            try insertNumber.run()
        }
        return isSuppressed
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
