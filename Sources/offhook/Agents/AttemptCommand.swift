import ArgumentParser
import CampaignStore
import Campaigns

/// `offhook attempt`: second thoughts about a call that is over.
struct AttemptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attempt", abstract: "A call that is over: say, or change, what came of it.",
        subcommands: [Dispose.self])

    struct Dispose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what came of a call, or change what was said.",
            discussion: """
                Where the contact was not called since, what follows is decided anew. A do-not-call entry stays until somebody takes it off: \
                offhook dnc remove.
                """)
        @OptionGroup var database: DatabaseOptions
        @Option(help: "When to call back: “2026-11-25 15:30” on the contact's clock, or an instant of ISO 8601.")
        var callback: String?
        @Option(help: "What was said, in words.") var note: String?
        @Option(help: "Who says so, for the journal.") var by: String?
        @Argument(help: "The attempt's number, as reports show it.") var attempt: Int64
        @Argument(help: "The code of one of the campaign's dispositions.") var code: String

        func run() async throws {
            let sentence = try AttemptCommand.dispose(
                AttemptID(attempt), code, CallbackOption.read(callback), note: note, by: by, database)
            Console.say("\(sentence)")
        }
    }

    /// - Returns: what follows, as a sentence.
    static func dispose(
        _ attempt: AttemptID, _ code: String, _ callback: CallbackTime?, note: String?, by person: String?,
        _ database: DatabaseOptions
    ) throws -> String {
        let store = try database.openExisting()
        guard let campaign = try store.campaignOfAttempt(attempt),
            let stored = try store.campaigns().first(where: { $0.id == campaign })
        else {
            throw CommandFailure(
                "There is no attempt \(attempt.value) of a campaign; look with: offhook report attempts")
        }
        let disposition = try stored.campaign.disposition(coded: code)
        try disposition.check(callback)
        let rules = try RuleLibrary.rules(of: stored.campaign, in: store)
        let changed = try store.changeDisposition(
            of: attempt, to: disposition, callback: callback, note: note, by: person, rules: rules, at: database.now)
        return "attempt \(attempt.value): \(disposition.label)\(changed.text)"
    }
}
