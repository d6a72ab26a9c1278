import Campaigns
import Foundation
import GRDB

/// The steps from an empty file to the schema of `schema.sql`.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { try $0.execute(sql: FirstSchema.sql) }
        migrator.registerMigration("web") { try $0.execute(sql: WebSchema.sql) }
        migrator.registerMigration("reports") { try $0.execute(sql: ReportSchema.sql) }
        migrator.registerMigration("inventory") { try $0.execute(sql: InventorySchema.sql) }
        migrator.registerMigration("sums of one list") {
            try $0.execute(sql: CallSumsSchema.sql)
            try CallRollups.rebuild($0)
        }
        migrator.registerMigration("filters of reports") { try $0.execute(sql: FilterSchema.sql) }
        migrator.registerMigration("work in pieces") { try $0.execute(sql: PiecesSchema.sql) }
        migrator.registerMigration("marks of back-ups") { try $0.execute(sql: RestoreSchema.sql) }
        migrator.registerMigration("keeping") { try $0.execute(sql: KeepingSchema.sql) }
        migrator.registerMigration("log-in") { try $0.execute(sql: LoginSchema.sql) }
        migrator.registerMigration("renewals of registries") { try $0.execute(sql: RenewalSchema.sql) }
        migrator.registerMigration("health") { try $0.execute(sql: HealthSchema.sql) }
        migrator.registerMigration("wishes of lists") { try $0.execute(sql: WishSchema.sql) }
        migrator.registerMigration("what was said") { try $0.execute(sql: SaidSchema.sql) }
        migrator.registerMigration("zone data") { try $0.execute(sql: ZoneSchema.sql) }
        migrator.registerMigration("closed places") { try $0.execute(sql: ClosureSchema.sql) }
        migrator.registerMigration("grace of silent files") {
            try $0.execute(sql: GraceSchema.sql)
            try GraceSchema.note($0, at: Instant(Date()))
        }
        migrator.registerMigration("lists that may state") {
            try $0.execute(sql: StatingSchema.sql)
            try $0.execute(sql: StatingSchema.note)
        }
        return migrator
    }

    /// How many attempts a database of an older version has; nil where it is new, or of this version.
    static func attemptsToUpgrade(_ database: Database) throws -> Int? {
        guard try !migrator.appliedIdentifiers(database).isEmpty, try !migrator.hasCompletedMigrations(database) else {
            return nil
        }
        return try Int.fetchOne(database, sql: "SELECT count(*) FROM attempts") ?? 0
    }
}
