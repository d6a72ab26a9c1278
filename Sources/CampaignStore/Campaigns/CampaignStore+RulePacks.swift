import CallingRules
import Campaigns
import GRDB

extension CampaignStore {
    /// Stores a company's own pack, new or newer.
    public func applyRulePack(_ pack: RulePack, yaml: String, file: String, at now: Instant) throws {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO rule_packs (name, version, yaml, file, applied_at) VALUES (?1, ?2, ?3, ?4, ?5)
                    ON CONFLICT (name) DO UPDATE SET version = ?2, yaml = ?3, file = ?4, applied_at = ?5
                    """, arguments: [pack.name, pack.version, yaml, file, now.milliseconds])
            try database.journal("rule_pack_applied", at: now, JournalSubject(), detail: "\(pack.name) \(pack.version)")
        }
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
