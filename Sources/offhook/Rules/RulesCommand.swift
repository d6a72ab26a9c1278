import ArgumentParser
import CallingRules
import CampaignStore
import Campaigns
import Foundation
import PhoneNumbers
import Reports

/// `offhook rules`: what may be called when, and by whose rule.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Rule packs: which there are, what they say, and what holds for a number.",
        subcommands: [List.self, Show.self, For.self, Close.self, Open.self, Closed.self, DocumentTable.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All rule packs, the company's own included.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let library = try RuleLibrary(database)
            let limits = PackAge()
            let rows = library.all.values.sorted { $0.name < $1.name }.map { pack -> [Cell] in
                let age = pack.age(at: database.now)
                let state =
                    age.map { $0 > limits.stop ? "too old" : $0 > limits.warn ? "getting old" : "good" } ?? "good"
                return [
                    .text(pack.name), .text(pack.version), .text(pack.regions.sorted().joined(separator: ", ")),
                    Cell(pack.rules.count), Cell(age.map { Int64($0.inSeconds / 86_400) }), .text(state),
                    .text(library.own[pack.name] == nil ? "Offhook" : "own"),
                ]
            }
            output.print(
                Table(columns: ["pack", "version", "regions", "rules", "age_days", "state", "from"], rows: rows),
                empty: "")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Each rule of a pack with its source and date.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The pack, such as us.") var pack: String

        func run() async throws {
            let found = try RuleBook(names: [pack], among: try RuleLibrary(database).all).packs[0]
            output.print(RuleTable.table(of: found.rules.map { (found.name, $0) }), empty: "The pack sets no rules.")
        }
    }

    struct For: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "for", abstract: "The rules that hold for a number, and when it may be called next.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "Packs to go by, joined by commas; by default the one of the number's region.") var pack: String?
        @Option(help: "What the calls are for, such as debt_collection.") var purpose: [String] = []
        @Option(help: "Ask for another time, ISO 8601 with zone, such as 2026-03-08T14:00:00Z.") var at: String?
        @Option(help: "Region in which a national number is read.") var region = "US"
        @Argument(help: "The number.") var number: String

        func run() async throws {
            let now = try AskedTime.read(at) ?? database.now
            let reading: NumberReading
            switch NumberReader().read(number, region: region.uppercased()) {
            case .success(let read): reading = read
            case .failure(let problem): throw CommandFailure("“\(number)”: \(problem)")
            }
            let found = try NumberRules(
                reading, packs: pack.map { $0.split(separator: ",").map { String($0.filter { $0 != " " }) } },
                purposes: purpose, among: try RuleLibrary(database).all, atlas: try ShareDirectory.atlas(), at: now)
            output.print(
                RuleTable.table(of: found.rules),
                empty: found.problem
                    ?? "No rule holds for \(reading.number) under \(found.packs.joined(separator: ", ")).")
            guard output.format == .table else { return }
            let place = found.place
            Console.say("")
            Console.say(
                "\(reading.number): \(place.jurisdiction ?? "no known state"), \(place.zones.joined(separator: ", "))")
            switch found.hours {
            case .allowed: Console.say("By hours and holidays it may be called at \(now).")
            case .denied(let until, let reasons):
                reasons.forEach { Console.say("Not at \(now): \($0.text)") }
                Console.say(until.map { "It opens at \($0)." } ?? "No date opens it.")
            }
        }
    }
}

extension RulesCommand {
    /// The table of docs/calling-rules.md, for whoever changes a pack.
    struct DocumentTable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "table", abstract: "The packs that come with Offhook as the table of docs/calling-rules.md.",
            shouldDisplay: false)
        @Option(help: "The document whose table is made anew; else the table alone is written.") var document: String?

        func run() async throws {
            let packs = try ShareDirectory.packs().values.filter { $0.name != "none" }
            guard let document else { return Console.data(RuleDocument.markdown(of: packs)) }
            let url = URL(fileURLWithPath: document)
            guard let made = RuleDocument.replaced(in: try TextFile.read(document), with: packs) else {
                throw CommandFailure(
                    "\(document) has no table of rules; write the line “\(RuleDocument.begin)” where it begins and "
                        + "“\(RuleDocument.end)” where it ends.")
            }
            try Data(made.utf8).write(to: url)
        }
    }
}

/// The `--at` of commands that can be asked for another time.
enum AskedTime {
    static func read(_ text: String?) throws -> Instant? {
        guard let text else { return nil }
        guard let instant = Instant(iso8601: text) else {
            throw CommandFailure("--at takes a time with its zone, such as 2026-03-08T14:00:00Z, not “\(text)”.")
        }
        return instant
    }
}
