import ArgumentParser
import CampaignStore
import Reports

/// `offhook report`: what happened.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "What happened, and what is left: outcomes, attempts, inventory.",
        subcommands: [Outcomes.self, Attempts.self, Inventory.self])

    struct Outcomes: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "How calls ended, by campaign, list or hour.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "campaign, list, or hour (of the contact's day).") var by: String = "campaign"
        @Option(help: "One campaign only.") var campaign: String?

        func run() async throws {
            guard let grouping = OutcomeGrouping(rawValue: by) else {
                throw CommandFailure("--by takes campaign, list or hour, not “\(by)”.")
            }
            let store = try database.open()
            let id = try campaign.map { try store.campaign(named: $0).id }
            let table = OutcomeReport.table(try store.outcomeCounts(by: grouping, campaign: id), by: grouping)
            output.print(table, empty: "Nothing was dialled yet.")
        }
    }

    struct Inventory: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Contacts by when they may be called next, and by what they wait for.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "One campaign only.") var campaign: String?
        @Option(help: "Ask for another time, ISO 8601 with zone, such as 2026-03-08T14:00:00Z.") var at: String?

        func run() async throws {
            let now = try AskedTime.read(at) ?? database.now
            let store = try database.open()
            let campaigns = try campaign.map { [try store.campaign(named: $0)] } ?? store.campaigns()
            let packs = try ShareDirectory.packs()
            let tables = try campaigns.filter { $0.state != .archived }.map {
                try CampaignInventory(of: $0, in: store, packs: packs, at: now).report.table
            }
            // One table for all: a script reads rows, a person the campaign's name in each.
            let rows = tables.flatMap(\.rows)
            let columns = tables.first?.columns ?? []
            output.print(
                Table(columns: columns, rows: rows, totals: tables.count == 1 ? tables[0].totals : nil),
                empty: "There are no contacts yet; run: offhook import FILE.csv --campaign NAME")
        }
    }

    struct Attempts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every attempt with its times, outcome and evidence.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "One campaign only.") var campaign: String?

        func run() async throws {
            let store = try database.open()
            let id = try campaign.map { try store.campaign(named: $0).id }
            var rows: [[Cell]] = []
            try store.attempts(campaign: id) { rows.append(AttemptReport.row($0)) }
            output.print(Table(columns: AttemptReport.columns, rows: rows), empty: "Nothing was dialled yet.")
        }
    }
}
