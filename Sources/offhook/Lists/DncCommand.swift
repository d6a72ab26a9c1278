import ArgumentParser
import CampaignStore
import Campaigns
import Foundation
import PhoneNumbers
import Reports

/// `offhook dnc`: the do-not-call list.
struct DncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dnc", abstract: "The do-not-call list: add, import, list, remove.",
        subcommands: [Add.self, Import.self, List.self, Remove.self])

    /// Where an entry holds and how its number is read.
    struct Scope: ParsableArguments {
        @Option(help: "Limit to one campaign; by default everywhere.") var campaign: String?
        @Option(help: "Region in which national numbers are read.") var region = "US"

        func campaignID(in store: CampaignStore) throws -> CampaignID? {
            try campaign.map { try store.campaign(named: $0).id }
        }

        func number(_ text: String) throws -> PhoneNumber {
            guard NumberReader.isKnownRegion(region.uppercased()) else {
                throw CommandFailure("“\(region)” is no region; write an ISO country code such as US.")
            }
            switch NumberReader().read(text, region: region.uppercased()) {
            case .success(let reading): return reading.number
            // A number that must never be dialled may well be on the list.
            case .failure(let problem):
                if let number = PhoneNumber(e164: text) { return number }
                throw CommandFailure("“\(text)”: \(problem)")
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Suppress numbers; it holds from this moment, in running campaigns too.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var scope: Scope
        @Option(help: "Where the entry comes from.") var source = "by hand"
        @Argument(help: "The numbers.") var numbers: [String]

        func run() async throws {
            let store = try database.open()
            let read = try numbers.map(scope.number)
            let result = try store.suppress(
                read, campaign: scope.campaignID(in: store), source: source, at: database.now)
            print(
                "\(result.added) added, \(read.count - result.added) known; \(result.contacts) contacts hold one of them"
            )
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Suppress the numbers of a file, one a line.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var scope: Scope
        @OptionGroup var output: OutputOptions
        @Option(help: "Where the entries come from; by default the file's name.") var source: String?
        @Argument(help: "The file.") var file: String

        func run() async throws {
            let store = try database.open()
            var numbers: [PhoneNumber] = []
            var bad: [[Cell]] = []
            let lines = try TextFile.read(file).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            for (index, line) in lines.enumerated() {
                let text =
                    line.split(separator: ",").first.map(String.init)?
                    .trimmingCharacters(in: CharacterSet(charactersIn: " \t\"\u{feff}")) ?? ""
                if text.isEmpty { continue }
                // A header line is no number and no mistake.
                if index == 0, !text.contains(where: \.isNumber) { continue }
                do {
                    numbers.append(try scope.number(text))
                } catch {
                    bad.append([Cell(index + 1), .text("\(error)")])
                }
            }
            let name = source ?? URL(fileURLWithPath: file).lastPathComponent
            let result = try store.suppress(
                numbers, campaign: scope.campaignID(in: store), source: name, at: database.now)
            print("\(result.added) added, \(numbers.count - result.added) known, \(bad.count) not read")
            guard bad.isEmpty else {
                output.print(Table(columns: ["line", "problem"], rows: bad), empty: "")
                throw CommandFailure(
                    "\(bad.count) lines of \(file) were not read; mend them and import the file again.")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The entries, by number.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let rows = try database.open().suppressions().map { entry -> [Cell] in
                [
                    .text(entry.number.e164), .text(entry.campaign ?? "everywhere"), .text(entry.source),
                    .text(entry.addedAt.iso8601), Cell(entry.endsAt?.iso8601),
                ]
            }
            output.print(
                Table(columns: ["number", "scope", "source", "added_at", "ends_at"], rows: rows),
                empty: "The do-not-call list is empty.")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a number off the list; its contacts get their former state back.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var scope: Scope
        @Argument(help: "The number.") var number: String

        func run() async throws {
            let store = try database.open()
            let read = try scope.number(number)
            let removed = try store.unsuppress(read, campaign: scope.campaignID(in: store), at: database.now)
            guard removed > 0 else {
                throw CommandFailure(
                    "\(read) is not on the do-not-call list \(scope.campaign.map { "of \($0)" } ?? "that holds everywhere")."
                )
            }
            print("\(read): \(removed) entries removed")
        }
    }
}
