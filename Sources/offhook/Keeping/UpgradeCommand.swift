import ArgumentParser
import CampaignStore

/// `offhook upgrade`: brings a database of an older version to this one.
struct UpgradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade", abstract: "Upgrade a database that an older version of Offhook wrote.",
        discussion: """
            Commands that change something, run and serve upgrade by themselves; commands that only read do not. Stop Offhook and back
            the database up first: an older version cannot read it afterwards.
            """)
    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        try database.openExisting().close()
        Console.say("\(database.path) has the form of this version.")
    }
}
