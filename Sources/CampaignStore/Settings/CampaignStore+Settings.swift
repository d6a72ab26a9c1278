import GRDB

extension CampaignStore {
    /// A setting of the server; nil where it was never set.
    public func setting(_ key: String) throws -> String? {
        try read { try String.fetchOne($0, sql: "SELECT value FROM settings WHERE key = ?", arguments: [key]) }
    }

    /// All settings by key.
    public func settings() throws -> [String: String] {
        let rows = try read { try Row.fetchAll($0, sql: "SELECT key, value FROM settings") }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["key"] as String, $0["value"] as String) })
    }

    /// Sets a setting; nil takes it away.
    public func setSetting(_ key: String, to value: String?) throws {
        try write { database in
            guard let value else {
                return try database.execute(sql: "DELETE FROM settings WHERE key = ?", arguments: [key])
            }
            try database.execute(
                sql: "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                arguments: [key, value])
        }
    }

    /// A setting that is made where it is missing; whoever comes first decides, and everybody gets that.
    public func setting(_ key: String, makingIfMissing value: String) throws -> String {
        try write { database in
            try database.execute(
                sql: "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING", arguments: [key, value])
            return try String.fetchOne(database, sql: "SELECT value FROM settings WHERE key = ?", arguments: [key])
                ?? value
        }
    }
}
