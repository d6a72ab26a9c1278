import ArgumentParser
import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Eligibility
import Foundation
import Supervision

/// `offhook restore`: a back-up in place of a lost database, and the calls since.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a back-up in place of the database, and bring in the calls since.",
        discussion: """
            Whoever was called since the back-up is not known in it and would be called again. So every campaign is closed until the calls since
            are brought in, or you accept that people may be called twice. What stood at --db is kept under another name. Without FILE it
            works on a database that was restored before.
            """)
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var reading: ReadingOptions
    @Option(
        help: "The key of the back-up's sealed passcodes; by default FILE.key, else the key that stands beside --db.")
    var key: String?
    @Option(
        help: """
            Where calls since the back-up are known: the lost database, damaged or not, with its -wal file beside it, or a CSV file of the \
            numbers that were called; may stand several times.
            """)
    var callsFrom: [String] = []
    @Option(help: "Open the campaigns though calls since are not known; type: \"\(BackupMark.acceptance)\".")
    var acceptRepeats: String?
    @Option(help: "Region in which national numbers of a CSV file are read.") var region = "US"
    @Option(help: "The CSV file's column of times; by default the first that holds times.") var timeColumn: String?
    @Option(help: "The zone of times in a CSV file that name none; by default this computer's.") var timeZone: String?
    @Argument(help: "The back-up; it stays as it is.") var file: String?

    func validate() throws {
        if let acceptRepeats, !Self.isAcceptance(acceptRepeats) {
            throw ValidationError(
                "--accept-repeats takes these words and no others: --accept-repeats \"\(BackupMark.acceptance)\"")
        }
        if key != nil, file == nil { throw ValidationError("--key belongs to a back-up; name its FILE.") }
        if let timeZone, ZoneSource.system.data.zone(timeZone) == nil {
            throw ValidationError("“\(timeZone)” is no time zone; write one such as America/New_York.")
        }
    }

    private static func isAcceptance(_ text: String) -> Bool {
        text.lowercased().split { !$0.isLetter }.joined(separator: " ") == BackupMark.acceptance
    }

    func run() async throws {
        // Nothing may dial or load lists meanwhile; the locks are on files of their own, not on the database.
        let engine = try EngineLock(database: database.path)
        defer { engine.release() }
        guard let importing = try FileLock(path: database.path + ".import.lock") else {
            throw CommandFailure(
                "An import is running on the database \(database.path); wait until it is done, then run this again.")
        }
        defer { importing.release() }
        // A mistyped source is told before anything is moved.
        for path in callsFrom where path != "-" && !FileManager.default.fileExists(atPath: path) {
            throw CommandFailure("There is no file \(path); check the path.")
        }
        let standing = FileIdentity(path: database.path)
        let lost = try place()
        // Who names the file that stood there means it under its new name.
        let sources = callsFrom.map { path in
            lost.flatMap { standing != nil && FileIdentity(path: $0) == standing && path == database.path ? $0 : nil }
                ?? path
        }
        let store = try database.openExisting()
        guard let mark = try store.lastRestoredBackup() else {
            throw CommandFailure(
                "\(database.path) was not restored from a back-up and misses no calls; name a back-up to put in its place: offhook restore FILE"
            )
        }
        let isComplete = try bring(sources, into: store)
        if acceptRepeats != nil {
            try store.clearRestore(.repeatsAccepted, by: NSUserName(), at: database.now)
        } else if isComplete {
            try store.clearRestore(.callsBroughtIn, by: NSUserName(), at: database.now)
        }
        try conclude(store, mark, lost: lost, isComplete: isComplete)
    }

    /// Puts the back-up in place, or finishes what was interrupted.
    ///
    /// - Returns: where the former database is kept.
    private func place() throws -> String? {
        let replacement = DatabaseReplacement(path: database.path)
        if replacement.isUnfinished {
            let aside = try replacement.finish(at: database.now)
            Console.say("The restore that was interrupted is finished.\(Self.kept(aside))")
            return aside
        }
        guard let file else { return nil }
        let prepared = try replacement.prepare(
            file, key: key, by: NSUserName(), at: database.now, report: database.sayUpgrade)
        let aside = try replacement.putInPlace(at: database.now)
        Console.say(
            "\(database.path) is the back-up of \(prepared.mark.backedUpAt.iso8601) now, up to event \(prepared.lastEvent).\(Self.kept(aside))"
        )
        if prepared.bringsKey { Console.say("Its key is \(database.path).key.") }
        if prepared.unopenedSecrets > 0 {
            Console.note(
                "No key opens \(prepared.unopenedSecrets) sealed passcodes and secrets: their phones cannot be used. Put the key at \(database.path).key, or run offhook phones apply phones.yaml again."
            )
        }
        return aside
    }

    private static func kept(_ aside: String?) -> String {
        aside.map { " What stood there is kept as \($0)." } ?? ""
    }

    /// - Returns: whether a source knows every call since the back-up.
    private func bring(_ sources: [String], into store: CampaignStore) throws -> Bool {
        var isComplete = false
        for path in sources {
            let brought =
                LostDatabase.isDatabase(path, beside: database.path)
                ? try bringDatabase(path, into: store) : try bringList(path, into: store)
            RestoreText.lines(brought, from: path).forEach { Console.say("\($0)") }
            brought.gaps.forEach { Console.note("\($0)") }
            isComplete = isComplete || brought.isComplete
        }
        return isComplete
    }

    private func bringDatabase(_ path: String, into store: CampaignStore) throws -> BroughtIn {
        let lost = try LostDatabase(path, beside: database.path)
        let campaigns = try store.bringCampaigns(from: lost, at: database.now)
        var brought = try store.bringIn(lost, rules: try rules(in: store), at: database.now)
        brought.campaigns = campaigns
        return brought
    }

    private func bringList(_ path: String, into store: CampaignStore) throws -> BroughtIn {
        let zones = ZoneSource.system
        let clock = ZoneClock(timeZone.flatMap(zones.data.zone) ?? zones.localZone)
        let list = try CalledNumbersFile(
            CommandInput.list(path, beside: database), try reading.choices(), region: region, timeColumn: timeColumn,
            clock: clock,
            ShareDirectory.data())
        var brought = try store.bringIn(list.calls, rules: try rules(in: store), at: database.now)
        brought.unread = list.unread
        if list.unread > 0 {
            brought.gaps.append(
                "\(list.unread) rows of \(path) hold no number that can be read (\(list.problems.joined(separator: "; "))); fix or remove them and run this again."
            )
        }
        if brought.attempts - brought.withoutContact + brought.known == 0 {
            brought.gaps.append(
                "\(path) names no call since the back-up to anybody who is in the database, so it tells of none. Import the lists that came in since and run this again, or name another source."
            )
        }
        if list.withoutTime > 0 {
            brought.notes.append("\(list.withoutTime) calls have no time that can be read; they count as placed now.")
        }
        return brought
    }

    private func rules(in store: CampaignStore) throws -> [CampaignID: EligibilityRules] {
        Dictionary(
            uniqueKeysWithValues: try store.campaigns().map {
                ($0.id, try RuleLibrary.rules(of: $0, in: store))
            })
    }

    /// What is missing, and what to do next.
    private func conclude(_ store: CampaignStore, _ mark: BackupMark, lost: String?, isComplete: Bool) throws {
        guard try store.restoredBackup() != nil else {
            let names = try store.campaigns().filter { $0.state == .paused }.map(\.campaign.name)
            Console.say(
                names.isEmpty
                    ? "The campaigns are open again."
                    : "The campaigns are open again and stand paused: \(names.joined(separator: ", ")). Next: offhook campaign start NAME"
            )
            return
        }
        Console.say("\(RestoreText.missing(since: mark))")
        Console.say(
            "Every campaign is closed until the calls since are known. \(layout: BackupMark.ways(path: database.path, lost: lost))"
        )
        guard callsFrom.isEmpty else {
            throw CommandFailure(
                "Not every call since the back-up is known, so every campaign stays closed; see above what cannot be read."
            )
        }
    }
}
