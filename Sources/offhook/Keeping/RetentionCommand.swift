import ArgumentParser
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import Reports

/// `offhook retention`: how long what is left behind is kept.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "How long calls, notes, logs and the rest are kept, and what is due to go.",
        discussion:
            "A running engine removes what is due by itself, hour by hour. docs/privacy.md explains the periods.",
        subcommands: [List.self, Set.self, Run.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The periods, and what the last sweep removed.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try database.openExisting()
            let periods = try store.retentionPeriods()
            let campaigns = try store.campaigns().filter { $0.state != .archived }
            var rows: [[Cell]] = []
            for kind in RetentionKind.allCases {
                rows.append([
                    .text(kind.rawValue), .text(kind.isOfCampaigns ? "all campaigns" : "everywhere"),
                    .text(DurationText.write(periods[kind])), .text(periods.chosen[kind] == nil ? "default" : "set"),
                ])
                for stored in campaigns {
                    guard let own = stored.campaign.retention.chosen[kind] else { continue }
                    rows.append([
                        .text(kind.rawValue), .text("campaign \(stored.campaign.name)"), .text(DurationText.write(own)),
                        .text("its file"),
                    ])
                }
            }
            output.print(Table(columns: ["kind", "scope", "kept", "by"], rows: rows), empty: "")
            guard output.format == .table, let report = try store.retentionReport() else { return }
            Console.say("Last sweep \(report.at.iso8601): removed \(report.text).")
            if let keeps = report.keepsCalls { Console.say("Calls stay: \(keeps).") }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set how long a kind is kept in all campaigns whose files say nothing else.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The kind, as offhook retention list has it.") var kind: String
        @Argument(help: "How long, such as 90d; or default.") var period: String

        func run() async throws {
            let store = try database.openExisting()
            guard let kind = RetentionKind(rawValue: kind) else {
                let words = RetentionKind.allCases.map(\.rawValue)
                throw CommandFailure(
                    "“\(self.kind)” is not kept by a period; write one of \(words.joined(separator: ", ")).")
            }
            guard period != "default" else {
                try store.setRetention(kind, to: nil)
                return Console.say("\(kind.label): kept \(DurationText.write(kind.standard)), the default")
            }
            guard let length = DurationText.read(period) else {
                throw CommandFailure("“\(period)” is not a duration; write one such as 90d, or default.")
            }
            if [.calls, .observedCalls].contains(kind) {
                guard let memory = RetentionCommand.memory(store) else {
                    throw CommandFailure(
                        "The rules of a campaign cannot be read, so nobody can say how far back they look; see offhook campaign check."
                    )
                }
                if let problem = memory.problem(keeping: length) {
                    throw CommandFailure("\(kind.rawValue): \(problem).")
                }
                if let keeps = memory.keepsAll { Console.note("warning: \(keeps)") }
            }
            try store.setRetention(kind, to: length)
            Console.say("\(kind.label): kept \(DurationText.write(length))")
        }
    }

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove what has been kept long enough, piece by piece; an engine can run beside it.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions
        @Flag(help: "Only say what would go.") var dryRun = false

        func run() async throws {
            let store = try database.openExisting()
            let now = database.now
            if !dryRun {
                while try store.sweepErased(at: now) > 0 { try await rest() }
                while try store.moveRuleTexts() { try await rest() }
            }
            var sweep = try RetentionSweep(
                of: store, memory: RetentionCommand.memory(store), isDryRun: dryRun, at: now)
            while try sweep.runSlice(on: store, at: now) { try await rest() }
            if !dryRun { try store.clearErasureResidue(at: now) }
            let rows = RetentionKind.allCases.filter { $0 != .uploads }.map { kind -> [Cell] in
                [.text(kind.rawValue), Cell(sweep.removed[kind] ?? 0)]
            }
            output.print(Table(columns: ["kind", dryRun ? "due" : "removed"], rows: rows), empty: "")
            if let keeps = sweep.keepsCalls { Console.note("Calls stay: \(keeps).") }
        }

        /// Whoever waits for the database goes first.
        private func rest() async throws { try await Task.sleep(for: .milliseconds(5)) }
    }

    /// How far back the rules of all campaigns look; nil where those of one cannot be read.
    private static func memory(_ store: CampaignStore) -> CallMemory? {
        try? CallMemory(of: store.campaigns().map { try RuleLibrary.rules(of: $0, in: store) })
    }
}
