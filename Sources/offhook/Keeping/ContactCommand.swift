import ArgumentParser
import CampaignStore
import Campaigns
import Foundation
import PhoneNumbers
import Supervision

/// `offhook contact`: a person's rights to what is held of them.
struct ContactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contact",
        abstract: "A person: the script with its fields, and what is held: export it, erase it.",
        subcommands: [Script.self, Reopen.self, Export.self, Erase.self])

    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring back a contact that is done or exhausted: as a retry, or as a callback at a time.",
            discussion: "Hours, caps and the do-not-call list hold for it as for any other.")
        @OptionGroup var database: DatabaseOptions
        @Option(help: "Region in which a national number is read.") var region = "US"
        @Option(help: "The campaign.") var campaign: String
        @Option(help: "Call back then: “2026-11-25 15:30” on the contact's clock, or an instant of ISO 8601.")
        var callback: String?
        @Option(help: "Whose callback it is; by default anyone's.") var agent: String?
        @Option(help: "Who wants it, for the journal.") var by: String?
        @Argument(help: "The number.") var number: String

        func run() async throws {
            let store = try database.openExisting()
            let stored = try store.campaign(named: campaign)
            let number = try ContactCommand.read(number, region)
            guard let card = try store.cards(holding: number, campaign: stored.id).first else {
                throw CommandFailure("No contact of campaign \(campaign) holds \(number).")
            }
            guard agent == nil || callback != nil else {
                throw CommandFailure("--agent is for a callback; say when with --callback.")
            }
            let reopening =
                try CallbackOption.read(callback).map { Reopening.callback($0, agent: agent) }
                ?? .retry(notBefore: database.now)
            let due = try store.reopen(
                card.contact, reopening, by: by, rules: RuleLibrary.rules(of: stored, in: store),
                at: database.now)
            Console.say("\(number) is called again, not before \(due.iso8601); when it can be: offhook why \(number)")
        }
    }

    struct Script: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A campaign's script as an agent would read it to a contact.",
            discussion: "A field that the contact lacks stands there as [field?].")
        @OptionGroup var database: DatabaseOptions
        @Option(help: "Region in which a national number is read.") var region = "US"
        @Option(help: "The campaign; by default every campaign that holds the number.") var campaign: String?
        @Argument(help: "The number.") var number: String

        func run() async throws {
            let store = try database.openToRead()
            let number = try ContactCommand.read(number, region)
            let only = try campaign.map { try store.campaign(named: $0).id }
            let cards = try store.cards(holding: number, campaign: only)
            let campaigns = try store.campaigns()
            guard !cards.isEmpty else {
                throw CommandFailure(
                    "No contact\(campaign.map { " of campaign \($0)" } ?? "") holds \(number); look with: offhook why \(number)"
                )
            }
            for card in cards {
                guard let stored = campaigns.first(where: { $0.id == card.campaign }) else { continue }
                let name = stored.campaign.name
                guard let text = stored.script else {
                    Console.note("campaign \(name) has no script; name one in its file: script: script.md")
                    continue
                }
                if cards.count > 1 { Console.say("campaign \(name), \(card.name ?? "no name"):") }
                let script = try CallScript(text, file: stored.campaign.script ?? stored.file)
                let filled = script.shown(script.values(of: card, campaign: name, number: number))
                Console.say(layout: text.hasSuffix("\n") && filled.hasSuffix("\n") ? String(filled.dropLast()) : filled)
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Everything that is held under a number, in every campaign, as JSON.")
        @OptionGroup var database: DatabaseOptions
        @Option(help: "Region in which a national number is read.") var region = "US"
        @Argument(help: "The number.") var number: String

        func run() async throws {
            let store = try database.openToRead()
            let number = try ContactCommand.read(number, region)
            Console.json(HeldDataText.json(try store.heldData(of: number), number: number))
        }
    }

    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove names, fields and notes of whoever holds a number, in every campaign.",
            discussion: """
                The number goes on the do-not-call list, so that a later import does not bring the person back: it stores no name and
                no fields for it. While the person is being called it is refused; a contact that is shown to an agent is erased, and the
                agent's call is refused. Call records stay, with
                number, times, outcome and rules alone, for the retention of their campaign (5 years unless its file or offhook retention says \
                otherwise). Back-ups made before still hold the person; delete or replace them.
                """)
        @OptionGroup var database: DatabaseOptions
        @Option(help: "Region in which a national number is read.") var region = "US"
        @Flag(help: "Erase; without it, only what would go is shown.") var yes = false
        @Argument(help: "The number.") var number: String

        func run() async throws {
            let store = try database.openExisting()
            let number = try ContactCommand.read(number, region)
            guard yes else {
                let held = try store.heldData(of: number).filter { !$0.rows.isEmpty }
                    .map { "\($0.rows.count) in \($0.name)" }
                Console.say(held.isEmpty ? "Nothing is held of \(number)." : "Held: \(held.joined(separator: ", ")).")
                throw CommandFailure("Nothing was erased; say --yes to erase \(number).")
            }
            let summary = try store.eraseContact(number, at: database.now)
            Console.say(
                "\(number): \(summary.contacts) contacts and \(summary.quarantinedRows) quarantined rows erased, and the number is on the do-not-call list."
            )
            if summary.callbacks > 0 { Console.say("\(summary.callbacks) agreed callbacks ended; nobody calls back.") }
            if let until = summary.keptUntil {
                Console.say(
                    "\(summary.keptAttempts) call records stay, the last until \(until); then an engine that runs removes them."
                )
            }
            if summary.erasedAttempts > 0 {
                Console.say("\(summary.erasedAttempts) call records were past their retention and are gone.")
            }
            if !summary.isComplete { Console.say("\(ContactCommand.residue)") }
            Console.say("Back-ups made before still hold what was erased; see docs/reliability.md.")
        }
    }

    /// What is said where the database's log could not be emptied yet.
    static let residue =
        "There is residue in the log until the readers that are open now have ended; then a running engine, or the next offhook contact erase, retention run or compact, empties it."

    private static func read(_ text: String, _ region: String) throws -> PhoneNumber {
        switch NumberReader().read(text, region: region.uppercased()) {
        case .success(let reading): return reading.number
        case .failure(let problem): throw CommandFailure("“\(text)”: \(problem)")
        }
    }
}
