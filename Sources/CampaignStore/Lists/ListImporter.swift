import Campaigns
import Foundation
import GRDB
import PhoneNumbers

/// Takes the rows of one import inside its transaction.
public final class ListImporter {
    private let database: Database
    private let campaign: Int64
    private let list: Int64
    private let importID: Int64
    private let now: Int64
    private var areas: [Area: Int64] = [:]
    /// What was done so far.
    public private(set) var counts = ImportCounts()

    init(database: Database, campaign: Int64, list: Int64, importID: Int64, now: Instant) {
        self.database = database
        self.campaign = campaign
        self.list = list
        self.importID = importID
        self.now = now.milliseconds
    }

    /// Stores a contact, unless one of its numbers is in the campaign already.
    public func add(_ contact: NewContact) throws {
        counts.read += 1
        let known = try database.cachedStatement(sql: "SELECT 1 FROM numbers WHERE campaign_id = ? AND number = ?")
        for number in contact.numbers
        where try Int.fetchOne(known, arguments: [campaign, number.number.digits]) != nil {
            counts.duplicates += 1
            return
        }
        let fields = String(decoding: try JSONEncoder().encode(contact.fields), as: UTF8.self)
        try database.cachedStatement(
            sql: """
                INSERT INTO contacts (campaign_id, list_id, import_id, external_id, name, fields, state, priority, created_at, state_at)
                VALUES (?, ?, ?, ?, ?, ?, 'ready', ?, ?, ?)
                """
        ).execute(arguments: [
            campaign, list, importID, contact.externalID, contact.name, fields, contact.priority, now, now,
        ])
        let id = database.lastInsertedRowID
        for (position, number) in contact.numbers.enumerated() {
            try database.cachedStatement(
                sql: """
                    INSERT INTO numbers (contact_id, campaign_id, position, number, extension, kind, validity, area_id)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                id, campaign, position, number.number.digits, number.fileExtension, number.kind.rawValue,
                number.validity.rawValue, try areaID(number.area),
            ])
        }
        counts.imported += 1
        if try ContactNumbers.refresh(contact: id, database, at: now) == .suppressed { counts.suppressed += 1 }
    }

    /// Keeps a row that is no contact, with its reason.
    public func quarantine(_ row: NewQuarantinedRow) throws {
        counts.read += 1
        counts.quarantined += 1
        try database.cachedStatement(
            sql: "INSERT INTO quarantined_rows (import_id, row, line, raw, reason) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [importID, row.row, row.line, row.raw, row.reason])
    }

    private func areaID(_ area: Area) throws -> Int64 {
        if let id = areas[area] { return id }
        let id = try Areas.id(of: area, database)
        areas[area] = id
        return id
    }
}

/// Areas as stored: sets of zones joined by commas, empty text where nothing is known.
enum Areas {
    static func id(of area: Area, _ database: Database) throws -> Int64 {
        let values: StatementArguments = [
            area.zones.joined(separator: ","), area.region ?? "", area.jurisdiction ?? "",
        ]
        try database.cachedStatement(
            sql: "INSERT INTO areas (zones, region, jurisdiction) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        ).execute(arguments: values)
        let found = try database.cachedStatement(
            sql: "SELECT id FROM areas WHERE zones = ? AND region = ? AND jurisdiction = ?")
        guard let id = try Int64.fetchOne(found, arguments: values) else {
            throw StoreError.refused("An area could not be stored.")
        }
        return id
    }

    static func area(_ row: Row) -> Area {
        let text = { (column: String) -> String? in
            let value: String = row[column]
            return value.isEmpty ? nil : value
        }
        return Area(
            zones: (row["zones"] as String).split(separator: ",").map(String.init), region: text("region"),
            jurisdiction: text("jurisdiction"))
    }
}
