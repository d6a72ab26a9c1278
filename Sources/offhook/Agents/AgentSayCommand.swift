import ArgumentParser
import CampaignStore
import Campaigns

extension AgentCommand {
    struct Say: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set the disposition of a call: by default of the one that the agent was told of last.",
            discussion: """
                Without --attempt it is the call that a command showed or placed last at the station (offhook agent show, call, say); \
                where another has begun since, nothing is saved, and both are named. A call that runs keeps what is said until its end; \
                one that is over is changed.
                """)
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var callback: CallbackOption
        @Option(help: "What was said, in words.") var note: String?
        @Option(help: "The attempt's number; by default the one that the agent was told of last.") var attempt: Int64?
        @Argument(help: "The station.") var station: String
        @Argument(help: "The code of one of the campaign's dispositions.") var code: String

        func run() async throws {
            let store = try database.openExisting()
            guard
                let meant = try store.attemptMeant(
                    at: station, named: attempt.map(AttemptID.init), now: database.now)
            else { throw CommandFailure("No call was placed at \(station) yet.") }
            let id = AttemptID(meant.attempt)
            guard meant.phase != AttemptPhase.settled.rawValue else {
                let agent = try store.desk(of: station).agent
                let sentence = try AttemptCommand.dispose(id, code, callback, note: note, by: agent, database)
                try store.noteSeen(id, byAgentAt: station)
                return Console.say("\(sentence)")
            }
            guard let campaign = meant.campaign else {
                throw CommandFailure("The call at \(station) belongs to no campaign.")
            }
            let stored = try store.campaign(named: campaign)
            let disposition = try stored.campaign.disposition(coded: code)
            try disposition.check(try CallbackOption.read(callback.callback))
            let agreed = try callback.settled(
                of: AttemptID(meant.attempt), under: try RuleLibrary.rules(of: stored, in: store), store)
            try await AgentCommand.ask(
                .say(attempt: meant.attempt, code: disposition.code, callback: agreed, note: note), station, database)
            try store.noteSeen(id, byAgentAt: station)
            Console.say("attempt \(meant.attempt): \(disposition.label)")
        }
    }

    struct Ready: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the next call come: ends a pause, and a wrap-up whose disposition was said during the call.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The station.") var station: String

        func run() async throws {
            let store = try database.openExisting()
            try store.setPause(nil, station: station, at: database.now)
            if try store.desk(of: station).open != nil { try await AgentCommand.ask(.ready, station, database) }
            Console.say("\(station): ready")
        }
    }
}
