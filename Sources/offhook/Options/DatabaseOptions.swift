import ArgumentParser
import CampaignStore
import Campaigns
import Foundation

/// Which database a command works on.
struct DatabaseOptions: ParsableArguments {
    @Option(name: .customLong("db"), help: "The database file; else OFFHOOK_DB, else offhook.db.")
    var database: String?

    var path: String {
        database ?? ProcessInfo.processInfo.environment["OFFHOOK_DB"] ?? "offhook.db"
    }

    func open() throws -> CampaignStore { try CampaignStore(path: path) }

    /// Opens a database that is there; neither a mistyped path nor a file that was cut to nothing becomes an empty one.
    func openExisting() throws -> CampaignStore {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure("There is no database \(path); check the path, or name another with --db.")
        }
        return try CampaignStore(path: path, mayCreate: false)
    }

    var now: Instant { Instant(Date()) }
}
