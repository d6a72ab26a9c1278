import ArgumentParser
import CampaignStore
import Campaigns
import Foundation

/// `offhook backup`: a copy of the database, also while it is used.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the database to a file while everything goes on.",
        discussion: """
            The copy is one instant of the database, checked before it gets its name. Its started campaigns stand paused, and stay closed
            wherever it is put in place, since calls placed later are not in it. To restore: offhook restore FILE.
            """)
    @OptionGroup var database: DatabaseOptions
    @Argument(help: "The file to write; it must not exist yet.") var file: String

    func run() async throws {
        let store = try database.openToCopy()
        let summary = try store.backUp(to: file, at: database.now)
        Console.say("\(file): \(summary.bytes) bytes, up to event \(summary.lastEvent).")
        if !summary.pausedCampaigns.isEmpty {
            Console.say("Paused in the copy: \(summary.pausedCampaigns.joined(separator: ", ")).")
        }
        if FileManager.default.fileExists(atPath: database.path + ".key") {
            Console.say(
                "Sealed passcodes open only with \(database.path).key: keep a copy of it too, but not in the same place."
            )
        }
    }
}
