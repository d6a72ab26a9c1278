import Campaigns
import Foundation
import GRDB

/// What a back-up brings with it, once its copy stands beside the database.
public struct PreparedBackup: Sendable, Hashable {
    /// Its mark: calls since its instant are missing.
    public var mark: BackupMark
    /// The number of the newest event in it.
    public var lastEvent: Int64
    /// Sealed passcodes and webhook secrets in it.
    public var sealedSecrets: Int
    /// How many of them no key at hand opens.
    public var unopenedSecrets: Int
    /// Whether a key is put in place with it.
    public var bringsKey: Bool
}

extension DatabaseReplacement {
    /// Copies a back-up beside the database, checks the copy, brings it to this version, and marks it.
    ///
    /// - Parameters:
    ///   - file: the back-up; it stays as it is.
    ///   - key: the key of its sealed passcodes; nil for `FILE.key`, else the one that stands beside the database.
    ///   - person: who restores, for journal and audit log.
    /// - Throws: `StoreError.refused`, as a sentence about the back-up.
    public func prepare(
        _ file: String, key: String?, by person: String?, at now: Instant,
        report: ((UpgradeStep) -> Void)? = nil
    ) throws -> PreparedBackup {
        try Self.refuseUnfinished(path)
        guard let identity = FileIdentity(path: file) else {
            throw StoreError.refused("There is no file \(file); check the path of the back-up.")
        }
        guard identity != FileIdentity(path: path) else {
            throw StoreError.refused("\(file) is the database itself; name a back-up of it.")
        }
        guard !EngineLock.isHeld(database: file) else { throw StoreError.engineRunning(path: file) }
        clearPart()
        do {
            return try prepareCopy(file, key: key, by: person, at: now, report: report)
        } catch {
            clearPart()
            throw error
        }
    }

    private func prepareCopy(
        _ file: String, key: String?, by person: String?, at now: Instant, report: ((UpgradeStep) -> Void)?
    ) throws -> PreparedBackup {
        try PrivateCopy.make(of: file, at: part)
        // A plain copy of a database may have its newest calls in the log beside it.
        if DatabaseFile.size(of: file + "-wal") > 0 { try PrivateCopy.make(of: file + "-wal", at: part + "-wal") }
        let given = key ?? (FileManager.default.fileExists(atPath: file + ".key") ? file + ".key" : nil)
        if let given { try PrivateCopy.make(of: given, at: part + ".key") }
        let store: CampaignStore
        do {
            store = try CampaignStore(path: part, mayCreate: false, report: report)
        } catch let error as StoreError {
            throw StoreError.refused(Self.sentence(error, about: file))
        }
        defer { try? store.close() }
        try Self.requireSound(store, file: file)
        let secrets = try store.sealedSecrets()
        let besides = PasscodeVault(path: path + ".key")
        let unopened = secrets.filter { secret in
            (try? store.vault.unseal(secret)) == nil && (given != nil || (try? besides.unseal(secret)) == nil)
        }
        if let given, !unopened.isEmpty {
            throw StoreError.refused(
                "\(given) does not open the passcodes that are sealed in \(file); name their key with --key.")
        }
        let (mark, last) = try store.markRestored(file: file, by: person, at: now)
        // One file, with no log beside it that could be forgotten.
        try store.emptyLog()
        try store.close()
        guard DatabaseFile.size(of: part + "-wal") == 0 else {
            throw StoreError.refused("The copy of \(file) could not be closed; is something else reading \(part)?")
        }
        for suffix in ["-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: part + suffix) }
        try PrivateCopy.sync(part)
        return PreparedBackup(
            mark: mark, lastEvent: last, sealedSecrets: secrets.count, unopenedSecrets: unopened.count,
            bringsKey: given != nil)
    }

    /// Damage and contradictions are refused; sums for reports are added up anew.
    private static func requireSound(_ store: CampaignStore, file: String) throws {
        let problems: [String]
        do {
            problems = try store.problems()
            if !problems.isEmpty, problems.count == (try store.sumProblems().count) {
                try store.rebuildSums()
                return
            }
        } catch let error as StoreError {
            throw StoreError.refused(sentence(error, about: file))
        }
        guard problems.isEmpty else {
            throw StoreError.refused(
                "The back-up \(file) is not sound, and nothing was changed: \(problems[0]) Restore one that passes: offhook check --db FILE"
            )
        }
    }

    private static func sentence(_ error: StoreError, about file: String) -> String {
        switch error {
        case .newerVersion:
            "The back-up \(file) was written by a newer version of Offhook, and nothing was changed; upgrade this program first."
        case .noDatabase: "\(file) holds no Offhook database, and nothing was changed; name a back-up."
        case .unavailable(_, .damaged), .cannotOpen:
            "The back-up \(file) is damaged, and nothing was changed; restore one that passes: offhook check --db FILE"
        default: "The back-up \(file) cannot be restored, and nothing was changed: \(error.description)"
        }
    }

    /// Puts a prepared back-up in place.
    ///
    /// - Returns: the name under which the former database is kept; nil where there was none.
    public func putInPlace(at now: Instant) throws -> String? { try complete(at: now) }
}

extension CampaignStore {
    /// Brings all that stands in the log into the file itself, where nobody else reads it.
    func emptyLog() throws {
        try pool.writeWithoutTransaction { _ = try Row.fetchAll($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    }

    /// All texts that are sealed with the key beside the database.
    func sealedSecrets() throws -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT passcode FROM devices WHERE passcode_kind = 'sealed' AND removed_at IS NULL
                    UNION ALL SELECT secret FROM webhooks WHERE removed_at IS NULL
                    UNION ALL SELECT secret FROM second_factors WHERE secret IS NOT NULL
                    """) + CampaignStore.sealedSettings(database)
        }
    }

    /// Marks a copy that is about to be put in place. One that is no back-up, but a copy of a database's file, is taken for one
    /// of its last event.
    fileprivate func markRestored(
        file: String, by person: String?, at now: Instant
    ) throws -> (mark: BackupMark, lastEvent: Int64) {
        try write { database in
            if try BackupMark.open(database) == nil {
                let last = try Int64.fetchOne(database, sql: "SELECT at FROM journal ORDER BY seq DESC LIMIT 1")
                _ = try BackupMark.add(
                    to: database, of: last.map(Instant.init(milliseconds:)) ?? Instant(milliseconds: 0), at: now)
            }
            guard let mark = try BackupMark.open(database) else {
                throw StoreError.refused("The back-up \(file) could not be marked.")
            }
            try database.execute(
                sql: "UPDATE restores SET restored_at = ? WHERE cleared_at IS NULL", arguments: [now.milliseconds])
            let detail = "back-up of \(mark.backedUpAt.iso8601)"
            try database.journal("database_restored", at: now, JournalSubject(agent: person), detail: detail)
            try database.execute(
                sql: "INSERT INTO audit (at, user, address, act, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [now.milliseconds, person, "command line", "database_restored", "database", detail])
            return (mark, try Int64.fetchOne(database, sql: "SELECT max(seq) FROM journal") ?? 0)
        }
    }
}
