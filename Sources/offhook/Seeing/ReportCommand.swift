import ArgumentParser
import CampaignStore
import Reports

/// `offhook report`: what happened.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "What happened: outcomes, attempts.",
        subcommands: [Outcomes.self, Attempts.self])

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
