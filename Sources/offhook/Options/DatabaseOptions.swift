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

    /// From how many attempts on an upgrade lasts so long that it is said.
    private static let manyAttempts = 100_000

    func open() throws -> CampaignStore { try CampaignStore(path: path, willUpgrade: sayUpgrade) }

    /// Opens a database that is there; neither a mistyped path nor a file that was cut to nothing becomes an empty one.
    func openExisting() throws -> CampaignStore {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure("There is no database \(path); check the path, or name another with --db.")
        }
        return try CampaignStore(path: path, mayCreate: false, willUpgrade: sayUpgrade)
    }

    func sayUpgrade(attempts: Int) {
        guard attempts >= Self.manyAttempts else { return }
        Console.note(
            "Bringing \(path) to the form of this version: sums of \(attempts) calls are added up, about a minute a million. "
                + "Leave it running; stopped, it begins again.")
    }

    var now: Instant { Instant(Date()) }
}
