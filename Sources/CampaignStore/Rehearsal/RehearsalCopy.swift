import Campaigns
import Foundation
import GRDB

/// The copy of a database that a rehearsal dials from.
public enum RehearsalCopy {
    /// Copies a database as it is at one instant, whatever engines and imports do meanwhile. Not a byte of the original changes: it is
    /// opened to be read alone, so that not even a log that a crash left is moved into it.
    ///
    /// The copy holds everything, secrets included, until ``CampaignStore/prepareRehearsal(from:at:)`` has taken those away.
    /// - Parameters:
    ///   - path: the original, of this version or an older one.
    ///   - target: a file that does not exist yet. It gets mode 0600.
    /// - Throws: `StoreError` where the original cannot be read, or the copy cannot be written.
    public static func make(of path: String, at target: String) throws {
        try DatabaseReplacement.refuseUnfinished(path)
        let source: DatabaseQueue
        do {
            try DatabaseFile.refuseForeignLog(at: path)
            switch try DatabaseFile.look(at: path) {
            case .ours: break
            case .foreign: throw StoreError.noDatabase(path: path, isForeign: true)
            case .missing, .empty: throw StoreError.noDatabase(path: path, isForeign: false)
            }
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(30)
            source = try DatabaseQueue(path: path, configuration: configuration)
            if try source.read(Migrations.migrator.hasBeenSuperseded) { throw StoreError.newerVersion(path: path) }
        } catch let error as DatabaseError {
            throw StoreError.opening(path, error)
        }
        defer { try? source.close() }
        DatabaseFile.makePrivate(target)
        do {
            let copy = try DatabaseQueue(path: target)
            try source.backup(to: copy)
            try copy.close()
        } catch let error as DatabaseError {
            if StoreFault(error) == .damaged { throw StoreError.unavailable(path: path, .damaged) }
            let detail = StoreFault(error).map(\.sentence) ?? error.message ?? "SQLite gave an error."
            throw StoreError.refused(
                "The copy for the rehearsal, \(target), \(detail) TMPDIR names another folder for it, where this one has no room."
            )
        }
    }
}

extension CampaignStore {
    /// Makes a copy of a database fit for a rehearsal: nothing in it opens a door or leads to a phone or an address any more, and what
    /// depends on the real day is as it would be on the rehearsed one.
    ///
    /// - Passwords, sessions, API tokens, second factors, links, passcodes and sealed settings are gone, and overwritten.
    /// - Webhooks are removed, with what waited for them.
    /// - It is another database than the original, so that its calls are never taken for calls that were lost.
    /// - Stations are free: no pause, lock-out or shown contact of today.
    /// - Do-not-call registries are as old as they are today, also on a later day.
    ///
    /// - Parameters:
    ///   - start: when the rehearsal begins.
    ///   - now: when the copy was made.
    public func prepareRehearsal(from start: Instant, at now: Instant) throws {
        try writeSecurely { database in
            for sql in Self.secretsOut { try database.execute(sql: sql) }
            try database.execute(
                sql: """
                    UPDATE webhooks SET is_active = 0, url = '', secret = '', removed_at = coalesce(removed_at, ?1);
                    UPDATE agent_requests SET answered_at = ?1, refusal = 'A rehearsal began.' WHERE answered_at IS NULL;
                    UPDATE restores SET cleared_at = ?1, cleared_by = 'repeats_accepted' WHERE cleared_at IS NULL;
                    """.replacing("?1", with: String(now.milliseconds)))
            let later = start.milliseconds - now.milliseconds
            guard later > 0 else { return }
            try database.execute(
                sql: """
                    UPDATE suppression_sources
                    SET loaded_at = loaded_at + :later, renewed_at = renewed_at + :later WHERE name <> ''
                    """, arguments: ["later": later])
        }
    }

    private static let secretsOut = [
        "DELETE FROM sessions", "DELETE FROM login_steps", "DELETE FROM one_time_links", "DELETE FROM api_tokens",
        "DELETE FROM recovery_codes", "DELETE FROM second_factors", "DELETE FROM webhook_deliveries",
        "UPDATE users SET password = NULL, version = version + 1",
        "UPDATE devices SET passcode_kind = 'sealed', passcode = '', address = ''",
        "DELETE FROM settings WHERE value LIKE 'sealed:%' OR key = 'phone_events_secret'",
        "UPDATE settings SET value = lower(hex(randomblob(16))) WHERE key = '\(BackupMark.originSetting)'",
        """
        UPDATE stations SET paused_reason = NULL, paused_at = NULL, locked_out_at = NULL, offer_contact_id = NULL,
            offer_until = NULL, seen_attempt = NULL
        """, "DELETE FROM station_states",
    ]
}
