import ArgumentParser
import CampaignStore
import Campaigns
import Foundation
import ListImport
import PhoneNumbers
import Reports
import Supervision

/// `offhook agent`: an agent's side of a station, from any terminal; the engine that runs takes it up within a second.
struct AgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent",
        abstract: "An agent at a station: sign in, take or skip a contact, call a number, say what came of a call.",
        subcommands: [
            SignIn.self, SignOut.self, Show.self, Take.self, Skip.self, Call.self, Say.self, Ready.self, MoreTime.self,
        ])

    struct SignIn: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign-in",
            abstract: "Say who sits at a station: calls are theirs, and their callbacks come to them.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The station.") var station: String
        @Argument(help: "The agent's name.") var agent: String

        func run() async throws {
            let name = agent.trimmingCharacters(in: .whitespaces)
            guard (1...64).contains(name.count) else { throw CommandFailure("An agent's name has 1 to 64 characters.") }
            try database.openExisting().setAgent(name, station: station, at: database.now)
            Console.say("\(station): \(name)")
        }
    }

    struct SignOut: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign-out",
            abstract:
                "Nobody sits at a station any more; pause it as well where no call is to come: offhook stations pause.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The station.") var station: String

        func run() async throws {
            try database.openExisting().setAgent(nil, station: station, at: database.now)
            Console.say("\(station): nobody")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The contact that is shown or called at a station, with its script.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The station.") var station: String

        func run() async throws {
            let store = try database.openExisting()
            let desk = try store.desk(of: station)
            Console.say("\(station): \(desk.agent ?? "nobody signed in")")
            if let open = desk.open {
                Console.say(
                    "attempt \(open.attempt.attempt), \(open.attempt.phase), to \(open.attempt.number?.e164 ?? "?")")
                if let card = open.card { try AgentCommand.show(card, number: open.attempt.number, store) }
                try store.noteSeen(AttemptID(open.attempt.attempt), byAgentAt: station)
                return
            }
            if let offer = desk.offer {
                Console.say("shown until \(offer.until.iso8601); take it with: offhook agent take \(station)")
                try AgentCommand.show(offer.card, number: nil, store)
            } else {
                Console.say("no contact")
            }
            // Told too, so that what is said next is of the call that was shown, whatever begins meanwhile.
            guard let last = try store.lastAttempt(of: station) else { return }
            Console.say(
                "last call: attempt \(last.attempt) to \(last.number?.e164 ?? "?"), \(last.disposition ?? last.outcome ?? "")"
            )
            try store.noteSeen(AttemptID(last.attempt), byAgentAt: station)
        }
    }

    struct Take: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Dial the contact that is shown (preview mode).")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The station.") var station: String

        func run() async throws {
            try await AgentCommand.ask(.take, station, database)
            Console.say("\(station): dials")
        }
    }

    struct Skip: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pass the shown contact over; it rests as the campaign says.")
        @OptionGroup var database: DatabaseOptions
        @Option(help: "Why.") var reason: String?
        @Argument(help: "The station.") var station: String

        func run() async throws {
            try await AgentCommand.ask(.skip(reason: reason), station, database)
            Console.say("\(station): skipped")
        }
    }

    struct Call: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Call a number of the agent's choice, under every rule of a campaign.",
            discussion:
                "A number that the campaign does not hold becomes a contact of it, in the list “\(CampaignStore.typedList)”."
        )
        @OptionGroup var database: DatabaseOptions
        @Option(help: "The campaign whose rules hold.") var campaign: String
        @Option(help: "Region in which a national number is read; by default the campaign's.") var region: String?
        @Argument(help: "The station.") var station: String
        @Argument(help: "The number.") var number: String

        func run() async throws {
            let store = try database.openExisting()
            let stored = try store.campaign(named: campaign)
            let region = (region ?? stored.campaign.region).uppercased()
            guard NumberReader.isKnownRegion(region) else {
                throw CommandFailure("“\(region)” is no region; write an ISO country code such as US.")
            }
            let reading: NumberReading
            switch try ShareDirectory.numberReader().read(number, region: region) {
            case .success(let read): reading = read
            case .failure(let problem): throw CommandFailure("“\(number)” \(problem.predicate(region: region)).")
            }
            try await AgentCommand.ask(
                .callNumber(
                    campaign: stored.id.value,
                    number: NewContact.Number(reading, atlas: try ShareDirectory.atlas())), station, database)
            Console.say("\(station): calls \(reading.number)")
        }
    }

    struct MoreTime: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "more-time",
            abstract: "Let the wrap-up at a station last longer, within the campaign's wrap_up_limit.")
        @OptionGroup var database: DatabaseOptions
        @Option(help: "How much longer, in seconds, 5 to 3600.") var seconds: Int64 = 60
        @Argument(help: "The station.") var station: String

        func run() async throws {
            guard (5...3600).contains(seconds) else { throw CommandFailure("--seconds takes 5 to 3600.") }
            let store = try database.openExisting()
            guard let open = try store.desk(of: station).open, open.attempt.phase == AttemptPhase.wrapUp.rawValue else {
                throw CommandFailure("No call is being wrapped up at \(station).")
            }
            try await AgentCommand.ask(.moreTime(attempt: open.attempt.attempt, seconds: seconds), station, database)
            try store.noteSeen(AttemptID(open.attempt.attempt), byAgentAt: station)
            Console.say("attempt \(open.attempt.attempt): more time")
        }
    }

    /// How long an engine may take to answer.
    private static let patience: Duration = .seconds(12)

    /// Leaves a request and waits for the engine's answer.
    static func ask(_ request: AgentRequest, _ station: String, _ database: DatabaseOptions) async throws {
        let store = try database.openExisting()
        guard EngineLock.isHeld(database: store.path) else {
            throw CommandFailure("No engine runs on \(database.path); start it with: offhook run")
        }
        let id = try store.ask(request, station: station, at: database.now)
        let clock = ContinuousClock()
        let end = clock.now + patience
        while clock.now < end {
            switch try store.answer(to: id) {
            case .done: return
            case .refused(let why): throw CommandFailure(why)
            case .waiting: try await Task.sleep(for: .milliseconds(50))
            }
        }
        // Between the last look and now an answer may have come.
        if try store.withdraw(request: id) { throw CommandFailure("The engine did not answer; nothing was done.") }
        if case .refused(let why) = try store.answer(to: id) { throw CommandFailure(why) }
    }

    private static func show(_ card: ContactCard, number: PhoneNumber?, _ store: CampaignStore) throws {
        guard let stored = try store.campaigns().first(where: { $0.id == card.campaign }) else { return }
        let campaign = stored.campaign.name
        let rows = card.scriptValues(campaign: campaign, number: number).filter { !$0.value.isEmpty }
            .map { [Cell.text($0.name), .text($0.value)] }
        Console.say(layout: Table(columns: ["field", "value"], rows: rows).text)
        guard let text = stored.script else { return }
        let script = try CallScript(text, file: stored.campaign.script ?? stored.file)
        Console.say("\n\(layout: script.shown(script.values(of: card, campaign: campaign, number: number)))")
    }
}
