import GRDB

/// Settings that are secrets: sealed as passcodes are, so that neither the database nor a back-up tells them without the key.
extension CampaignStore {
    /// What a sealed value begins with. One that does not was written by a version that did not seal.
    private static let mark = "sealed:"

    /// A secret setting, made where it is missing; whoever comes first decides, and everybody gets that. One that stands in
    /// clear is sealed, and its bytes are overwritten.
    ///
    /// - Throws: `StoreError.keyUnusable` where the key does not open it; it is left as it is then.
    public func sealedSetting(_ key: String, makingIfMissing value: String) throws -> String {
        if let stored = try setting(key), stored.hasPrefix(Self.mark) {
            return try vault.unseal(String(stored.dropFirst(Self.mark.count)))
        }
        let (stored, wasPlain) = try writeSecurely { database in
            let former = try String.fetchOne(
                database, sql: "SELECT value FROM settings WHERE key = ?", arguments: [key])
            if let former, former.hasPrefix(Self.mark) { return (former, false) }
            return (try seal(former ?? value, under: key, database), former != nil)
        }
        // SQLite's log may hold the page as it was. Where somebody reads from it just now, that goes when the log begins anew.
        if wasPlain { _ = try? ErasureResidue.emptyLog(path: path) }
        return try vault.unseal(String(stored.dropFirst(Self.mark.count)))
    }

    /// Sets a secret setting.
    ///
    /// - Throws: `StoreError.keyUnusable`.
    public func setSealedSetting(_ key: String, to value: String) throws {
        _ = try writeSecurely { try seal(value, under: key, $0) }
    }

    private func seal(_ value: String, under key: String, _ database: Database) throws -> String {
        let sealed = Self.mark + (try vault.seal(value))
        try database.execute(
            sql: "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
            arguments: [key, sealed])
        return sealed
    }

    /// The sealed values of settings, for whoever asks whether a key opens them.
    static func sealedSettings(_ database: Database) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT value FROM settings WHERE value LIKE ?", arguments: [mark + "%"])
            .map { String($0.dropFirst(mark.count)) }
    }
}
