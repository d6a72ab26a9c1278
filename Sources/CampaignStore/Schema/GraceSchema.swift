import Campaigns
import Eligibility
import GRDB

/// Until when campaigns go on that were running when files began to have to name registries and packs.
///
/// Released migrations are never edited; a change is a new migration.
enum GraceSchema {
    static let sql = "ALTER TABLE campaigns ADD COLUMN grace_until INTEGER"

    /// Notes the time for campaigns that are started and whose files leave something out.
    static func note(_ database: Database, at now: Instant) throws {
        let started = try Row.fetchAll(database, sql: "SELECT id, yaml, file FROM campaigns WHERE state = 'started'")
        for row in started {
            // A file that cannot be read any more says nothing either; its campaign is not dialed.
            guard let campaign = try? CampaignFile.read(row["yaml"], file: row["file"]) else { continue }
            guard campaign.suppression.isSilent || !campaign.callingRules.isPackChosen else { continue }
            try database.execute(
                sql: "UPDATE campaigns SET grace_until = ? WHERE id = ?",
                arguments: [(now + EligibilityRules.grace).milliseconds, row["id"] as Int64])
        }
    }
}
