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

    /// Opens a database to change it; it is made where there is none, and upgraded where an older version wrote it.
    func open() throws -> CampaignStore { try CampaignStore(path: path, report: sayUpgrade) }

    /// Opens a database that is there; neither a mistyped path nor a file that was cut to nothing becomes an empty one.
    func openExisting() throws -> CampaignStore { try existing(.writing) }

    /// Opens a database that is there to read it: one of an older version stays as it is, and is refused.
    func openToRead() throws -> CampaignStore { try existing(.reading) }

    /// Opens a database that is there to copy it as it stands, whatever version wrote it.
    func openToCopy() throws -> CampaignStore { try existing(.copying) }

    private func existing(_ access: CampaignStore.Access) throws -> CampaignStore {
        guard FileManager.default.fileExists(atPath: path) else { throw missing }
        return try CampaignStore(path: path, mayCreate: false, access: access, report: sayUpgrade)
    }

    /// That there is no database at the path, and what to do.
    var missing: CommandFailure {
        CommandFailure(
            "There is no database \(path); check the path, or name another with --db. A new one is made by: offhook phones apply, offhook campaign apply."
        )
    }

    func sayUpgrade(_ step: UpgradeStep) {
        switch step {
        case .begins(let attempts):
            guard attempts >= Self.manyAttempts else { return }
            Console.note(
                "Upgrading \(path) to this version: sums of \(attempts) calls are added up, about a minute a million. "
                    + "Leave it running; stopped, it begins again.")
        case .waitsForAnother: Console.note("Another Offhook is upgrading \(path); waiting for it to end.")
        }
    }

    var now: Instant { Instant(Date()) }
}
