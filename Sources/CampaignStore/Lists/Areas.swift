import Campaigns
import GRDB

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

    /// An area by its identifier; nil where there is none.
    static func area(id: Int64?, _ database: Database) throws -> Area? {
        try Row.fetchOne(database.cachedStatement(sql: "SELECT * FROM areas WHERE id = ?"), arguments: [id]).map(area)
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
