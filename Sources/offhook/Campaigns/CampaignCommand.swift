import ArgumentParser
import CampaignStore
import Campaigns
import Foundation
import Reports
import Supervision

/// `offhook campaign`: campaigns from their files, and their states.
struct CampaignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaign", abstract: "Campaigns: check and apply their files, start, pause, archive.",
        subcommands: [Apply.self, Check.self, List.self, Show.self, Start.self, Pause.self, Archive.self])

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Store a campaign.yaml, new or changed.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The file, or the folder that holds campaign.yaml.") var file: String

        func run() async throws {
            let source = try CampaignSource(file)
            let checked = try source.check(database)
            let store = try database.open()
            for own in checked.ownPacks {
                try store.applyRulePack(own.pack, yaml: own.yaml, file: own.file, at: database.now)
            }
            let (_, isNew) = try store.applyCampaign(
                source.campaign, yaml: source.draft.yaml, file: source.path, script: source.draft.script,
                at: database.now)
            checked.warnings.forEach { Console.note("warning: \($0)") }
            let name = source.campaign.name
            Console.say(
                "campaign \(name) \(isNew ? "added" : "updated"); next: offhook import FILE.csv --campaign \(name)")
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a campaign.yaml and say what is wrong with it, or cannot work; nothing is stored.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The file, or the folder that holds campaign.yaml.") var file: String

        func run() async throws {
            let source = try CampaignSource(file)
            try source.check(database).warnings.forEach { Console.say("warning: \($0)") }
            Console.say("\(source.path) is well: campaign \(source.campaign.name)")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All campaigns.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try database.openToRead()
            let rows = try store.campaigns().map { stored -> [Cell] in
                let counts = try store.contactCounts(campaigns: [stored.id])
                return [
                    .text(stored.campaign.name), .text(stored.state.rawValue), .text(stored.campaign.region),
                    Cell(counts.total), Cell(counts.remaining), .text(stored.file),
                ]
            }
            output.print(
                Table(columns: ["campaign", "state", "region", "contacts", "remaining", "file"], rows: rows),
                empty: "There are no campaigns yet; run: offhook campaign apply campaigns/NAME")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "A campaign's file with every default filled in.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The campaign.") var name: String

        func run() async throws {
            Console.data(try database.openToRead().campaign(named: name).campaign.yaml)
        }
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a campaign be dialled.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The campaign.") var name: String

        func run() async throws { try CampaignCommand.set(.started, name, database) }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Place no further call of a campaign; running calls go on.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The campaign.") var name: String

        func run() async throws { try CampaignCommand.set(.paused, name, database) }
    }

    struct Archive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a campaign for good; its history stays.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The campaign.") var name: String

        func run() async throws { try CampaignCommand.set(.archived, name, database) }
    }

    private static func set(_ state: CampaignState, _ name: String, _ database: DatabaseOptions) throws {
        try database.open().setState(state, of: name, at: database.now)
        Console.say("campaign \(name): \(state.rawValue)")
    }
}
