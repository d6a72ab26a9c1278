import CallingRules
import Campaigns
import Eligibility
import GRDB
import PhoneNumbers

extension CampaignStore {
    /// Adds the campaigns of a lost database that were applied since the back-up; they stand paused.
    ///
    /// - Returns: their names.
    /// - Throws: `StoreError.refused` where this database was never restored, or the lost one is another.
    public func bringCampaigns(from lost: LostDatabase, at now: Instant) throws -> [String] {
        try write { database in
            try lost.requireOrigin(of: try Self.restored(database), database)
            var added: [String] = []
            let last = lost.highest(in: "campaigns") ?? 0
            guard last > 0, last < 1_000_000 else { return [] }
            _ = try lost.rows(of: "campaigns", 1...last) { row in
                guard let name = row.text("name"), let yaml = row.text("yaml"), let file = row.text("file"),
                    (try? CampaignFile.read(yaml, file: file))?.name == name
                else { return }
                try database.execute(
                    sql: """
                        INSERT INTO campaigns (name, state, file, yaml, script, dials_possible, applied_at, state_at)
                        VALUES (?1, 'paused', ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING
                        """,
                    arguments: [
                        name, file, yaml, row.text("script"), row.integer("dials_possible") ?? 1,
                        row.integer("applied_at") ?? now.milliseconds, now.milliseconds,
                    ])
                guard database.changesCount > 0 else { return }
                try database.journal(
                    "campaign_applied", at: now, JournalSubject(campaign: database.lastInsertedRowID))
                added.append(name)
            }
            return added
        }
    }

    /// Brings in what a lost database knows of the time since the back-up: its calls with what they mean for contacts, the
    /// do-not-call entries, and the callbacks that are still to be kept. Done again, it changes nothing.
    ///
    /// - Parameter rules: of every campaign, by its id here.
    /// - Throws: `StoreError.refused` where this database was never restored, or the lost one is another.
    public func bringIn(
        _ lost: LostDatabase, rules: [CampaignID: EligibilityRules], at now: Instant
    ) throws -> BroughtIn {
        let (brought, erased) = try write { database in
            let mark = try Self.restored(database)
            try lost.requireOrigin(of: mark, database)
            var bringing = try LostCallBringing(
                lost: lost, mark: mark, calls: CallBringing(database: database, rules: rules, now: now))
            try bringing.bringAttempts()
            try bringing.bringSuppressions()
            try bringing.bringWishes()
            try bringing.findErased()
            try bringing.bringCallbacks()
            try bringing.bringObservedCalls()
            bringing.noteMissingFiles()
            try database.journal("calls_brought_in", at: now, JournalSubject(), detail: bringing.brought.summary)
            return (bringing.brought, bringing.erased)
        }
        // Whoever asked to be erased since is in the back-up with name and fields. The campaigns are still closed: should this end
        // here, whoever opens them runs it again.
        for number in erased { _ = try eraseContact(number, at: now) }
        return brought
    }

    static func restored(_ database: Database) throws -> BackupMark {
        guard let mark = try BackupMark.open(database) ?? BackupMark.last(database) else {
            throw StoreError.refused(
                "The database was not restored from a back-up, so it misses no calls; nothing was changed.")
        }
        return mark
    }
}
