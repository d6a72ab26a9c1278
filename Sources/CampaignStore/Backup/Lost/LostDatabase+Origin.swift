import Campaigns
import GRDB

extension LostDatabase {
    /// Events that are compared, the newest that both hold first.
    private static let compared: Int64 = 2000

    /// Proves that this is the database of which a back-up was made, and no older than it.
    ///
    /// - Parameter here: the restored database.
    /// - Throws: `StoreError.refused`.
    func requireOrigin(of mark: BackupMark, _ here: Database) throws {
        try refuseBackup(mark)
        if mark.lastEvent > 0, let shared = try sharedEvent(mark, here) {
            guard shared else { throw other }
            return
        }
        let id = ask {
            try String.fetchOne(
                $0, sql: "SELECT value FROM settings WHERE key = ?", arguments: [BackupMark.originSetting])
        }
        guard let id, id == mark.origin else { throw other }
    }

    private var other: StoreError {
        StoreError.refused(
            "\(path) is not the database of which the back-up was made, or an older copy of it, or what would tell cannot be read; name the one that was lost, or a CSV file of the numbers that were called."
        )
    }

    /// A back-up knows the calls up to its own instant alone.
    private func refuseBackup(_ mark: BackupMark) throws {
        let row = ask {
            try Row.fetchOne($0, sql: "SELECT * FROM restores WHERE cleared_at IS NULL ORDER BY id LIMIT 1")
        }.map(LooseRow.init)
        guard let row, let at = row.integer("backed_up_at") else { return }
        // One that was put in place by hand under an engine was dialed from all the same: it knows those calls.
        if let last = row.integer("last_attempt"), (highest(in: "attempts") ?? 0) > last { return }
        let instant = Instant(milliseconds: at)
        let advice =
            instant > mark.backedUpAt
            ? "it is newer than the one that was restored, so restore that: offhook restore \(BackupMark.quoted(path))"
            : "name the database that was lost."
        throw StoreError.refused(
            "\(path) is a back-up itself, of \(instant.iso8601), and does not know the calls after that; \(advice)")
    }

    /// Whether the newest event before the back-up that can be read is the same here and there; nil where none can be read.
    private func sharedEvent(_ mark: BackupMark, _ here: Database) throws -> Bool? {
        let text = """
            SELECT printf('%d %s %s %s %s', at, event, ifnull(contact_id, ''), ifnull(attempt_id, ''), ifnull(number, '')) AS text
            FROM journal WHERE seq = ?
            """
        for seq in stride(from: mark.lastEvent, to: max(0, mark.lastEvent - Self.compared), by: -1) {
            // A row that is not there is an answer: a copy that is older than the back-up ends before it.
            guard let theirs = ask({ try String.fetchAll($0, sql: text, arguments: [seq]) }) else { continue }
            return try theirs == String.fetchAll(here, sql: text, arguments: [seq])
        }
        return nil
    }
}
