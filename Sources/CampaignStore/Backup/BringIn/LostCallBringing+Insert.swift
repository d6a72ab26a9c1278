import Campaigns
import GRDB
import PhoneNumbers
import RetryPolicy

extension LostCallBringing {
    /// The contact here that an attempt there went to.
    struct Holder {
        var contact: Int64
        var list: Int64
        var numberID: Int64
        var area: Int64
    }

    private var database: Database { calls.database }

    /// The contact that holds the number in a campaign here; one that came in since is brought in with it, so that a list that
    /// is imported again finds it called.
    mutating func holder(of attempt: LostAttempt, campaign: Int64) throws -> Holder? {
        if let found = try stored(attempt.number, campaign: campaign) { return found }
        guard let contact = attempt.contact else { return nil }
        guard try bringContact(contact, campaign: campaign) else {
            brought.gaps.append(
                "\(attempt.number) was called, but its contact, which came in since, cannot be read in \(lost.path).")
            return nil
        }
        brought.contacts += 1
        return try stored(attempt.number, campaign: campaign)
    }

    func stored(_ number: PhoneNumber, campaign: Int64) throws -> Holder? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT c.id, c.list_id, n.id AS number_id, n.area_id FROM numbers n JOIN contacts c ON c.id = n.contact_id
                    WHERE n.number = ? AND n.campaign_id = ?
                    """), arguments: [number.digits, campaign]
        ).map { Holder(contact: $0["id"], list: $0["list_id"], numberID: $0["number_id"], area: $0["area_id"]) }
    }

    private func bringContact(_ id: Int64, campaign: Int64) throws -> Bool {
        let there = lost.ask { database -> (contact: LooseRow, numbers: [LooseRow])? in
            let contact = try Row.fetchOne(
                database,
                sql: "SELECT c.*, l.name AS list FROM contacts c JOIN lists l ON l.id = c.list_id WHERE c.id = ?",
                arguments: [id])
            let numbers = try Row.fetchAll(
                database,
                sql: """
                    SELECT n.*, a.zones, a.region, a.jurisdiction FROM numbers n JOIN areas a ON a.id = n.area_id
                    WHERE n.id BETWEEN ?1 * 16 AND ?1 * 16 + 15 ORDER BY n.id
                    """, arguments: [id])
            return contact.map { (LooseRow($0), numbers.map(LooseRow.init)) }
        }
        guard let there, let list = there.contact.text("list") else { return false }
        let listID = try self.list(list, campaign: campaign)
        var ours: Int64?
        for row in there.numbers {
            guard let number = row.integer("number").flatMap(PhoneNumber.init(digits:)), let kind = row.text("kind"),
                let position = row.integer("position"), try stored(number, campaign: campaign) == nil
            else { continue }
            let area = try Areas.id(of: Self.area(row), database)
            let contact = try ours ?? insertContact(there.contact, list: listID, campaign: campaign, area: area)
            ours = contact
            try database.execute(
                sql: """
                    INSERT INTO numbers (id, contact_id, campaign_id, position, number, extension, kind, validity, area_id, state)
                    VALUES (?1 * 16 + ?2, ?1, ?3, ?2, ?4, ?5, ?6, ?7, ?8, ?9)
                    """,
                arguments: [
                    contact, position, campaign, number.digits, row.text("extension"), kind,
                    row.text("validity") == "valid" ? "valid" : "possible", area,
                    row.text("state") == "dead" ? "dead" : "live",
                ])
        }
        guard let ours else { return false }
        try ContactNumbers.refresh(contact: ours, database, at: calls.now.milliseconds)
        return true
    }

    private func insertContact(_ row: LooseRow, list: Int64, campaign: Int64, area: Int64) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO contacts (campaign_id, list_id, external_id, name, fields, state, priority, next_area_id, created_at,
                    state_at)
                VALUES (?, ?, ?, ?, ?, 'ready', ?, ?, ?, ?)
                """,
            arguments: [
                campaign, list, row.text("external_id"), row.text("name"), row.text("fields") ?? "[]",
                row.integer("priority") ?? 0, area, row.integer("created_at") ?? calls.now.milliseconds,
                calls.now.milliseconds,
            ])
        let id = database.lastInsertedRowID
        try database.execute(
            sql: "UPDATE lists SET may_state = 1 WHERE id = ?1 AND \(StatingSchema.mentions("?2"))",
            arguments: [list, row.text("fields") ?? "[]"])
        try database.journal(
            "contact_brought_in", at: calls.now, JournalSubject(campaign: campaign, contact: id))
        return id
    }

    private func list(_ name: String, campaign: Int64) throws -> Int64 {
        try database.execute(
            sql: "INSERT INTO lists (campaign_id, name, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [campaign, name, calls.now.milliseconds])
        let id = try Int64.fetchOne(
            database, sql: "SELECT id FROM lists WHERE campaign_id = ? AND name = ?", arguments: [campaign, name])
        guard let id else { throw StoreError.refused("The list “\(name)” could not be made.") }
        return id
    }

    private static func area(_ row: LooseRow) -> Area {
        let text = { (column: String) in row.text(column).flatMap { $0.isEmpty ? nil : $0 } }
        return Area(
            zones: (row.text("zones") ?? "").split(separator: ",").map(String.init), region: text("region"),
            jurisdiction: text("jurisdiction"))
    }

    /// Columns of an attempt that mean the same in every copy of the database.
    private static let same = [
        "dialled", "agent", "pass", "zone", "utc_offset", "local_minute_of_week", "rule_pack", "rule_pack_version",
        "account", "dial_with", "lines_before", "line", "commanded_at", "seen_at", "connected_at",
        "ended_at", "ring_ms", "talk_ms", "gap_ms", "agent_absent", "note", "evidence", "zone_data",
    ]

    /// What the rules said that let the call through: their text has a number of its own in each copy of the database. Where it
    /// cannot be read, nothing is said of the rules.
    private func rules(_ row: LooseRow) throws -> [String: DatabaseValue] {
        guard let own = row.text("allowed_by") else { return [:] }
        // A call of an earlier version has its text whole.
        guard let id = row.integer("rule_text_id") else { return ["allowed_by": own.databaseValue] }
        let text = lost.ask {
            try String.fetchOne($0, sql: "SELECT text FROM rule_texts WHERE id = ?", arguments: [id])
        }
        guard let text else { return [:] }
        return [
            "allowed_by": own.databaseValue, "consent": row.value("consent"),
            "rule_text_id": try RuleTexts.id(of: text, database).databaseValue,
        ]
    }

    /// Stores an attempt as settled; it keeps its number where that is still free.
    func insert(
        _ attempt: LostAttempt, _ ending: CallBringing.Ending, campaign: Int64?, holder: Holder?
    ) throws -> Int64 {
        var columns = try AttemptColumns.made(
            number: attempt.number, station: attempt.station, intendedAt: attempt.intendedAt,
            note: attempt.outcome == nil ? .openAtRestore : nil)
        if let row = attempt.row {
            for name in Self.same where !row.value(name).isNull { columns[name] = row.value(name) }
            columns.merge(try rules(row)) { $1 }
        } else {
            columns["ended_at"] = (attempt.endedAt ?? ending.settledAt).databaseValue
            columns["connected_at"] = attempt.connectedAt.databaseValue
        }
        columns["kind"] = attempt.kind.rawValue.databaseValue
        columns["campaign_id"] = campaign.databaseValue
        columns["contact_id"] = (holder?.contact).databaseValue
        columns["list_id"] = (holder?.list).databaseValue
        columns["number_id"] = (holder?.numberID).databaseValue
        columns["area_id"] = (holder?.area).databaseValue
        let given = try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'attempts'") ?? 0
        if attempt.id > given { columns["id"] = attempt.id.databaseValue }
        return try AttemptColumns.insert(columns, ending, database)
    }
}
