import ArgumentParser
import CampaignStore
import Campaigns

extension AgentCommand {
    struct Say: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what came of a call: the one that the agent was told of last.",
            discussion: """
                Without --attempt it is the call that a command showed or placed last at the station (offhook agent show, call, say); \
                where another has begun since, nothing is saved, and both are named. A call that runs keeps what is said until its end; \
                one that is over is changed.
                """)
        @OptionGroup var database: DatabaseOptions
        @Option(help: "When to call back: “2026-11-25 15:30” on the contact's clock, or an instant of ISO 8601.")
        var callback: String?
        @Option(help: "What was said, in words.") var note: String?
        @Option(help: "The attempt's number; by default the one that the agent was told of last.") var attempt: Int64?
        @Argument(help: "The station.") var station: String
        @Argument(help: "The code of one of the campaign's dispositions.") var code: String

        func run() async throws {
            let store = try database.openExisting()
            let callback = try CallbackOption.read(callback)
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
            let disposition = try store.campaign(named: campaign).campaign.disposition(coded: code)
            try disposition.check(callback)
            try await AgentCommand.ask(
                .say(attempt: meant.attempt, code: disposition.code, callback: callback, note: note), station, database)
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
