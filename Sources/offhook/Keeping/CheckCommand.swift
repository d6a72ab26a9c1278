import ArgumentParser
import CampaignStore
import Campaigns
import CivilTime
import Foundation

/// `offhook check`: is the database sound, and does it make sense?
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Check the database: the file, its states against its attempts, its journal for gaps; and the age of the time zone data."
    )
    @OptionGroup var database: DatabaseOptions
    @Flag(help: "Also rebuild every outcome from the journal alone and compare.") var replay = false

    @Flag(help: "Add up the sums of reports and count the attempts of contacts anew, before anything is checked.")
    var mendSums = false

    func run() async throws {
        let store = try mendSums ? database.openExisting() : database.openToRead()
        if mendSums {
            try store.rebuildSums()
            Console.say("The sums of reports were added up anew, and the attempts of contacts counted.")
        }
        let isRunning = EngineLock.isHeld(database: database.path)
        var problems = try store.problems()
        if replay {
            let result = try store.replayJournal()
            problems += result.differences
            Console.say(
                "\(result.attempts) attempts rebuilt from the journal, \(result.differences.count) differences.")
        }
        if let warning = LogWarning.text(of: store.writeAheadLog) { Console.note("\(warning)") }
        Console.say("\(ZoneDataText.line(.system))")
        for warning in ZoneDataText.warnings(.system, policy: ZoneDataText.policy(), at: database.now) {
            Console.note("\(warning)")
        }
        guard problems.isEmpty else {
            for problem in problems { Console.note("\(problem)") }
            let count = "\(problems.count) \(problems.count == 1 ? "problem" : "problems")"
            guard try problems.count > store.sumProblems().count else {
                throw CommandFailure(
                    "\(database.path) has sums that are wrong (\(count)) and is sound otherwise; run: offhook check --mend-sums"
                )
            }
            throw CommandFailure(
                "\(database.path) is not sound: \(count). Stop Offhook, keep the file, and put the newest back-up that passes this check in its place: offhook restore FILE"
            )
        }
        if let mark = try store.restoredBackup() {
            Console.say(
                "It is a back-up of \(mark.backedUpAt.iso8601), up to event \(mark.lastEvent); calls since then are not in it, and nothing is dialed from it."
            )
        }
        Console.say("\(database.path) is sound\(isRunning ? ", while an engine runs on it" : "").")
    }
}
