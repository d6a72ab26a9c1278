import Campaigns
import GRDB
import PhoneNumbers

/// Writes the contacts of one piece of an import.
final class ContactWriter {
    private let database: Database
    private let request: ImportRequest
    private let importID: Int64
    private let dialsPossible: Bool
    private let now: Int64
    private var nextContact: Int64
    private let firstContact: Int64
    private let findNumber: BulkStatement
    private let suppressions: SuppressionProbe
    private let erased: ErasedRows
    /// For contacts that may be called as they are, which nearly all are.
    private let insertReady: BulkStatement
    private let insertOther: BulkStatement
    private var insertNumber: [PackedRows.NumberWords: BulkStatement] = [:]
    private let forgetNumbers: BulkStatement
    private let insertUpdate: BulkStatement
    private let insertQuarantined: BulkStatement
    private let insertWish: BulkStatement
    /// What the duplicates of a rehearsal duplicate; nobody asks otherwise.
    private(set) var duplicateKinds = DuplicateKinds()
    /// The import's first contact, over all of its pieces.
    let importFirst: Int64

    init(
        _ database: Database, request: ImportRequest, importID: Int64, list: Int64, importFirst: Int64?,
        dialsPossible: Bool, at now: Int64
    ) throws {
        self.database = database
        self.request = request
        self.importID = importID
        self.dialsPossible = dialsPossible
        self.now = now
        // Numbers of contacts are never given out again, so that old records keep their meaning.
        let last = try Int64.fetchOne(
            database,
            sql: """
                SELECT max(coalesce((SELECT max(id) FROM contacts), 0), coalesce((SELECT max(last_contact) FROM imports), 0))
                """)
        nextContact = (last ?? 0) + 1
        firstContact = nextContact
        self.importFirst = importFirst ?? nextContact
        let campaign = request.campaign.value
        findNumber = try BulkStatement(
            database,
            request.duplicates == .everywhere
                ? "SELECT contact_id FROM numbers WHERE number = ?1 ORDER BY campaign_id <> \(campaign) LIMIT 1"
                : "SELECT contact_id FROM numbers WHERE number = ?1 AND campaign_id = \(campaign)")
        suppressions = try SuppressionProbe(database, campaign: campaign, at: now)
        erased = ErasedRows(database)
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
        insertUpdate = try BulkStatement(
            database,
            """
            INSERT INTO import_updates (import_id, contact_id, external_id, name, fields, areas)
            VALUES (\(importID), ?1, ?2, ?3, ?4, ?5)
            """)
        insertQuarantined = try BulkStatement(
            database,
            "INSERT INTO quarantined_rows (import_id, row, line, raw, reason) VALUES (\(importID), ?1, ?2, ?3, ?4)")
        insertWish = try BulkStatement(
            database, "INSERT INTO import_wishes (import_id, number) VALUES (\(importID), ?1) ON CONFLICT DO NOTHING")
    }

    /// Stores some of the rows in their order and counts what became of them.
    func add(_ packed: PackedRows, _ some: Range<Int>, counting counts: inout ImportCounts) throws {
        let areas = try packed.areas.map { try Areas.id(of: $0, database) }
        let statements = try packed.words.map(statement(for:))
        try packed.bytes.withUnsafeBufferPointer { bytes in
            let batch = Batch(packed: packed, areas: areas, statements: statements, bytes: bytes)
            for row in packed.rows[some] {
                counts.read += 1
                switch row {
                case .quarantined(let row, let line, let raw, let reason, let doNotCall):
                    counts.quarantined += 1
                    for place in doNotCall { try note(wishOf: packed.suppressed[place]) }
                    insertQuarantined.bind(Int64(row), at: 1)
                    insertQuarantined.bind(Int64(line), at: 2)
                    let text = batch.string(raw) ?? ""
                    let isErased = try erased.names(text)
                    insertQuarantined.bind(isErased ? "" : text, at: 3)
                    insertQuarantined.bind(isErased ? ErasedRows.reason : batch.string(reason) ?? "", at: 4)
                    try insertQuarantined.run()
                case .contact(
                    let name, let externalID, let fields, let priority, let numbers, let isPlaceStated, let isDoNotCall,
                    let doNotCall):
                    let contact = Contact(
                        name: name, externalID: externalID, fields: fields, priority: priority, numbers: numbers,
                        isPlaceStated: isPlaceStated, isDoNotCall: isDoNotCall)
                    if isDoNotCall {
                        for index in numbers { try note(wishOf: packed.numbers[index].digits) }
                        for place in doNotCall { try note(wishOf: packed.suppressed[place]) }
                    }
                    switch try add(contact, of: batch) {
                    case .imported(let suppressed):
                        counts.imported += 1
                        counts.suppressed += suppressed ? 1 : 0
                    case .updated: counts.updated += 1
                    case .duplicate: counts.duplicates += 1
                    }
                }
            }
        }
    }

    /// Rows that are being written, with what was looked up for all of them.
    private struct Batch {
        let packed: PackedRows
        let areas: [Int64]
        let statements: [BulkStatement]
        let bytes: UnsafeBufferPointer<UInt8>

        func text(_ text: PackedRows.Text) -> UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(rebasing: bytes[Int(text.start)..<Int(text.start + text.count)])
        }

        func string(_ text: PackedRows.Text) -> String? {
            text.count == 0 ? nil : String(decoding: self.text(text), as: UTF8.self)
        }
    }

    private struct Contact {
        let name, externalID, fields: PackedRows.Text
        let priority: Int
        let numbers: Range<Int>
        let isPlaceStated: Bool
        let isDoNotCall: Bool
    }

    private enum Result {
        case imported(suppressed: Bool)
        case updated
        case duplicate
    }

    /// Stores a contact, unless one of its numbers is known.
    private func add(_ contact: Contact, of batch: Batch) throws -> Result {
        if let known = try claimNumbers(of: contact, batch) {
            if request.isDryRun, let known { try count(known) }
            guard request.onDuplicate == .update, let known, try update(known, with: contact, batch) else {
                return .duplicate
            }
            return .updated
        }
        return .imported(suppressed: try insert(contact, batch))
    }

    /// Stores the numbers of the contact to come. Where one is known already, none stays, and its holder is told if the
    /// contact may be updated; nil where all are stored.
    private func claimNumbers(of contact: Contact, _ batch: Batch) throws -> Int64?? {
        if request.duplicates == .everywhere {
            for index in contact.numbers {
                if let holder = try holder(of: batch.packed.numbers[index].digits) { return .some(holder) }
            }
        }
        for index in contact.numbers {
            let number = batch.packed.numbers[index]
            let position = Int64(index - contact.numbers.lowerBound)
            let statement = batch.statements[Int(number.words)]
            statement.bind(nextContact * 16 + position, at: 1)
            statement.bind(nextContact, at: 2)
            statement.bind(position, at: 3)
            statement.bind(number.digits, at: 4)
            statement.lend(batch.text(number.fileExtension), at: 5)
            statement.bind(batch.areas[Int(number.area)], at: 6)
            // The unique index is asked by writing: one way down the tree where a look beforehand needs two.
            try statement.run()
            guard database.changesCount == 0 else { continue }
            if position > 0 {
                forgetNumbers.bind(nextContact, at: 1)
                try forgetNumbers.run()
            }
            return .some(request.onDuplicate == .update || request.isDryRun ? try holder(of: number.digits) : nil)
        }
        return nil
    }

    /// Keeps aside a number whose holder wants no calls, whatever becomes of the row.
    private func note(wishOf digits: Int64) throws {
        if request.isDryRun { return }
        insertWish.bind(digits, at: 1)
        try insertWish.run()
    }

    private func count(_ known: Int64) throws {
        if known >= importFirst { return duplicateKinds.inFile += 1 }
        if try campaign(of: known) == request.campaign.value {
            duplicateKinds.inCampaign += 1
        } else {
            duplicateKinds.elsewhere += 1
        }
    }

    private func campaign(of contact: Int64) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT campaign_id FROM contacts WHERE id = ?"), arguments: [contact])
    }

    private func holder(of digits: Int64) throws -> Int64? {
        findNumber.bind(digits, at: 1)
        return try findNumber.first()
    }

    private func statement(for words: PackedRows.NumberWords) throws -> BulkStatement {
        if let known = insertNumber[words] { return known }
        let made = try BulkStatement(
            database,
            """
            INSERT INTO numbers (id, contact_id, campaign_id, position, number, extension, kind, validity, area_id)
            VALUES (?1, ?2, \(request.campaign.value), ?3, ?4, ?5, '\(words.kind.rawValue)', '\(words.validity.rawValue)', ?6)
            ON CONFLICT (number, campaign_id) DO NOTHING
            """)
        insertNumber[words] = made
        return made
    }

    /// Stores the contact whose numbers are there already; true if none of them may be called.
    private func insert(_ contact: Contact, _ batch: Batch) throws -> Bool {
        let id = nextContact
        nextContact += 1
        var next: (index: Int, isInRange: Bool)?
        // Whoever was erased does not come back with the next list, beside another number either.
        let isErased = try contact.numbers.contains { try erased.contains(batch.packed.numbers[$0].digits) }
        for index in contact.numbers where !isErased && !contact.isDoNotCall {
            let number = batch.packed.numbers[index]
            let isInRange = dialsPossible || batch.packed.words[Int(number.words)].validity == .valid
            guard next == nil || (isInRange && next?.isInRange == false) else { break }
            if try !suppressions.covers(number.digits) { next = (index, isInRange) }
        }
        let statement = next?.isInRange == true ? insertReady : insertOther
        statement.bind(id, at: 1)
        statement.lend(batch.text(contact.externalID), at: 2)
        statement.lend(batch.text(contact.name), at: 3)
        statement.lend(batch.text(contact.fields), at: 4)
        statement.bind(Int64(contact.priority), at: 5)
        statement.bind(next.map { id * 16 + Int64($0.index - contact.numbers.lowerBound) }, at: 6)
        statement.bind(next.map { batch.areas[Int(batch.packed.numbers[$0.index].area)] }, at: 7)
        if next?.isInRange != true {
            statement.bind(next == nil ? "suppressed" : "ready", at: 8)
            statement.bind(next == nil ? (isErased ? "done" : "ready") : nil, at: 9)
            statement.bind(next == nil ? 0 : Parking.never, at: 10)
            statement.bind(
                contact.isDoNotCall
                    ? ImportWishes.reason : next == nil ? ContactNumbers.noneMayBeCalled : ContactNumbers.outOfRange,
                at: 11)
        }
        // The numbers alone stay, to be told apart.
        if isErased {
            for (value, place) in [(nil, 2), (nil, 3), ("[]", 4), ("Erased.", 11)] as [(String?, Int32)] {
                statement.bind(value, at: place)
            }
        }
        try statement.run()
        return next == nil
    }

    /// Keeps aside what the row says of a contact that is known. False for another campaign's contact, which is not ours to
    /// change.
    private func update(_ id: Int64, with contact: Contact, _ batch: Batch) throws -> Bool {
        guard try campaign(of: id) == request.campaign.value else { return false }
        if try contact.numbers.contains(where: { try erased.contains(batch.packed.numbers[$0].digits) }) {
            return false
        }
        if request.isDryRun { return true }
        insertUpdate.bind(id, at: 1)
        insertUpdate.lend(batch.text(contact.externalID), at: 2)
        insertUpdate.lend(batch.text(contact.name), at: 3)
        insertUpdate.lend(batch.text(contact.fields), at: 4)
        // Where the row says nothing of the place, what an earlier list said of it holds.
        let areas = contact.numbers.map { index -> String in
            let number = batch.packed.numbers[index]
            return "\"\(number.digits)\":\(batch.areas[Int(number.area)])"
        }
        insertUpdate.bind(contact.isPlaceStated ? "{\(areas.joined(separator: ","))}" : nil, at: 5)
        try insertUpdate.run()
        return true
    }

    /// Notes how far the import is.
    func finish(_ counts: ImportCounts) throws {
        let last = nextContact > firstContact ? nextContact - 1 : nil
        try database.execute(
            sql: """
                UPDATE imports SET first_contact = coalesce(first_contact, ?1), last_contact = coalesce(?2, last_contact),
                    rows_read = ?3, imported = ?4, updated = ?5, duplicates = ?6, quarantined = ?7, suppressed = ?8,
                    do_not_call = ?9, do_not_call_unclear = ?10, do_not_call_unread = ?11, let_through = ?12
                WHERE id = ?13
                """,
            arguments: [
                last == nil ? nil : firstContact, last, counts.read, counts.imported, counts.updated, counts.duplicates,
                counts.quarantined, counts.suppressed, counts.doNotCall, counts.doNotCallUnclear,
                counts.doNotCallUnread,
                counts.letThrough, importID,
            ])
    }
}
