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
        @OptionGroup var callback: CallbackOption
        @Option(help: "What was said, in words.") var note: String?
        @Option(help: "Who says so, for the journal.") var by: String?
        @Argument(help: "The attempt's number, as reports show it.") var attempt: Int64
        @Argument(help: "The code of one of the campaign's dispositions.") var code: String

        func run() async throws {
            let sentence = try AttemptCommand.dispose(
                AttemptID(attempt), code, callback, note: note, by: by, database)
            Console.say("\(sentence)")
        }
    }

    /// - Returns: what follows, as a sentence.
    static func dispose(
        _ attempt: AttemptID, _ code: String, _ callback: CallbackOption, note: String?, by person: String?,
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
        let rules = try RuleLibrary.rules(of: stored, in: store)
        try disposition.check(try CallbackOption.read(callback.callback))
        let callback = try callback.settled(of: attempt, under: rules, store)
        let changed = try store.changeDisposition(
            of: attempt, to: disposition, callback: callback, note: note, by: person, rules: rules, at: database.now)
        return "attempt \(attempt.value): \(disposition.label)\(changed.text)"
    }
}
