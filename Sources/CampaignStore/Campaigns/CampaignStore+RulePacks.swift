import CallingRules
import Campaigns
import Foundation
import GRDB

extension CampaignStore {
    /// Stores a company's own pack, new or newer.
    ///
    /// - Parameter file: the pack's file with its whole path: it owns the pack's name from then on.
    /// - Throws: `StoreError.refused` where another file owns the name and says something else.
    public func applyRulePack(_ pack: RulePack, yaml: String, file: String, at now: Instant) throws {
        try write { database in
            try Self.refuseOtherPack(named: pack.name, yaml: yaml, file: file, database)
            try database.execute(
                sql: """
                    INSERT INTO rule_packs (name, version, yaml, file, applied_at) VALUES (?1, ?2, ?3, ?4, ?5)
                    ON CONFLICT (name) DO UPDATE SET version = ?2, yaml = ?3, file = ?4, applied_at = ?5
                    """, arguments: [pack.name, pack.version, yaml, file, now.milliseconds])
            try database.journal("rule_pack_applied", at: now, JournalSubject(), detail: "\(pack.name) \(pack.version)")
        }
    }

    /// Whether ``applyRulePack(_:yaml:file:at:)`` would take a pack; nothing is stored.
    ///
    /// - Throws: `StoreError.refused` where another file owns the name and says something else.
    public func checkRulePack(_ pack: RulePack, yaml: String, file: String) throws {
        try read { try Self.refuseOtherPack(named: pack.name, yaml: yaml, file: file, $0) }
    }

    /// Campaigns name packs by their names alone: a second file under a name would change the rules of every campaign that
    /// meant the first. A file that is no longer there has given its name up, so that a folder can be moved.
    private static func refuseOtherPack(named name: String, yaml: String, file: String, _ database: Database) throws {
        let known = try Row.fetchOne(
            database, sql: "SELECT yaml, file FROM rule_packs WHERE name = ?", arguments: [name])
        guard let known, known["yaml"] as String != yaml else { return }
        let owner: String = known["file"]
        guard owner != file, FileManager.default.fileExists(atPath: owner) else { return }
        throw StoreError.refused(
            "\(file) and \(owner) are two different rule packs of one name, “\(name)”: give one of them another name, or keep "
                + "one file for both campaigns in the folder above theirs, campaigns/rules/.")
    }

    /// Notes that other rule packs are in force, for engines that run and for the audit log.
    ///
    /// - Parameters:
    ///   - act: `rules_updated` or `rules_reverted`.
    ///   - issued: when the packs were issued that are in force now; nil for those of the installation.
    ///   - detail: what changed, for the audit log.
    public func noteRules(_ act: String, issued: Instant?, detail: String, from address: String, at now: Instant) throws
    {
        try audit(act, by: nil, from: address, subject: "rules", detail: detail, at: now)
        try setSetting("rules_in_force", to: issued?.iso8601 ?? "")
        try recordEvent("rules_updated", detail: detail, at: now)
    }

    /// The company's own packs by name.
    public func rulePacks() throws -> [String: RulePack] {
        let files = try read { try Row.fetchAll($0, sql: "SELECT * FROM rule_packs") }
        return Dictionary(
            uniqueKeysWithValues: try files.map { row in
                (row["name"] as String, try RulePackFile.read(row["yaml"], file: row["file"]))
            })
    }
}
