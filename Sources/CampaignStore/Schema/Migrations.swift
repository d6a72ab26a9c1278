import GRDB

/// The steps from an empty file to the schema of `schema.sql`.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { try $0.execute(sql: FirstSchema.sql) }
        migrator.registerMigration("web") { try $0.execute(sql: WebSchema.sql) }
        migrator.registerMigration("reports") {
            try $0.execute(sql: ReportSchema.sql)
            try CallRollups.rebuild($0)
        }
        migrator.registerMigration("inventory") { try $0.execute(sql: InventorySchema.sql) }
        return migrator
    }
}
