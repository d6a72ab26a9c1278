import Campaigns
import GRDB

/// How a restored database came to be dialed from again.
public enum RestoreClearing: String, Sendable, Hashable {
    /// The calls since the back-up were brought in.
    case callsBroughtIn = "calls_brought_in"
    /// A person accepted that people may be called twice.
    case repeatsAccepted = "repeats_accepted"
}

extension CampaignStore {
    /// The back-up that this database is, or was put in place from, while the calls since are not known; nil where nothing is
    /// missing.
    public func restoredBackup() throws -> BackupMark? { try read(BackupMark.open) }

    /// The back-up that this database was restored from last, whether or not the calls since are known; nil for none.
    public func lastRestoredBackup() throws -> BackupMark? { try read(BackupMark.last) }

    /// Asks whether anything may be dialed from this database.
    ///
    /// - Throws: `StoreError.refused` where it was restored and does not know the calls since.
    public func requireKnownCalls() throws { try read { try BackupMark.requireKnownCalls($0, path: path) } }

    /// Opens the campaigns of a restored database again; they stay paused until a person starts them.
    ///
    /// - Parameter person: who says so, for the journal and the audit log.
    public func clearRestore(_ clearing: RestoreClearing, by person: String?, at now: Instant) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE restores SET cleared_at = ?, cleared_by = ? WHERE cleared_at IS NULL",
                arguments: [now.milliseconds, clearing.rawValue])
            guard database.changesCount > 0 else { return }
            let event = clearing == .repeatsAccepted ? clearing.rawValue : "restore_cleared"
            let detail = clearing == .repeatsAccepted ? BackupMark.acceptance : "the calls since the back-up are known"
            try database.journal(event, at: now, JournalSubject(agent: person), detail: detail)
            try database.execute(
                sql: "INSERT INTO audit (at, user, address, act, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [now.milliseconds, person, "command line", event, "database", detail])
        }
    }
}
