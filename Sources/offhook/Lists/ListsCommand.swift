import ArgumentParser
import CampaignStore
import Campaigns
import Reports

/// `offhook lists`: the lists of campaigns.
struct ListsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lists", abstract: "The lists of campaigns: list, pause, resume, priority.",
        subcommands: [List.self, Pause.self, Resume.self, Priority.self])

    /// A list by name; its campaign has to be named where several have one of that name.
    struct Which: ParsableArguments {
        @Option(help: "The list's campaign; needed where several campaigns have a list of that name.")
        var campaign: String?
        @Argument(help: "The list's name.") var name: String

        func campaignID(in store: CampaignStore) throws -> CampaignID {
            if let campaign { return try store.campaign(named: campaign).id }
            let holders = try store.lists().filter { $0.name == name }.map(\.campaign)
            guard holders.count < 2 else {
                throw CommandFailure(
                    "Several campaigns have a list “\(name)”: \(holders.joined(separator: ", ")); name one with --campaign."
                )
            }
            guard let holder = holders.first else {
                throw CommandFailure("There is no list “\(name)”; see offhook lists list.")
            }
            return try store.campaign(named: holder).id
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All lists, in the order in which they are called.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "Only this campaign's.") var campaign: String?

        func run() async throws {
            let store = try database.openToRead()
            let id = try campaign.map { try store.campaign(named: $0).id }
            let rows = try store.lists(campaign: id).map { list -> [Cell] in
                [
                    .text(list.campaign), .text(list.name), .text(list.state), Cell(list.priority), Cell(list.contacts),
                    Cell(list.remaining), .text(list.createdAt.iso8601),
                ]
            }
            output.print(
                Table(
                    columns: ["campaign", "list", "state", "priority", "contacts", "remaining", "created_at"],
                    rows: rows),
                empty: "There are no lists yet; run: offhook import FILE.csv --campaign NAME")
        }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Place no further call to a list's contacts.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var list: Which

        func run() async throws {
            let store = try database.open()
            try store.setList(list.name, of: list.campaignID(in: store), paused: true, at: database.now)
            Console.say("list \(list.name) paused; running calls go on to their end")
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Call a paused list's contacts again.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var list: Which

        func run() async throws {
            let store = try database.open()
            try store.setList(list.name, of: list.campaignID(in: store), paused: false, at: database.now)
            Console.say("list \(list.name) active")
        }
    }

    struct Priority: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a list's priority; lists with higher ones are called first.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var list: Which
        @Argument(help: "A whole number, -1000 to 1000; lists begin with 0.") var priority: Int

        func run() async throws {
            guard (-1000...1000).contains(priority) else {
                throw CommandFailure("The priority must be from -1000 to 1000, not \(priority).")
            }
            let store = try database.open()
            try store.setList(list.name, of: list.campaignID(in: store), priority: priority, at: database.now)
            Console.say("list \(list.name) has priority \(priority)")
        }
    }
}
