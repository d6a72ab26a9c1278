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

    var now: Instant { Instant(Date()) }
}
