import ArgumentParser
import CampaignStore
import Campaigns
import Foundation
import PhoneNumbers
import Reports
import Supervision

/// `offhook export`: a campaign's contacts with what became of them, and all their custom fields.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a campaign's contacts as CSV: state, attempts, last result, all fields.",
        discussion:
            "A cell that a spreadsheet would run as a formula gets an apostrophe in front; a plain +number stays.")
    @OptionGroup var database: DatabaseOptions
    @Option(help: "The campaign.") var campaign: String
    @Option(help: "Only this list's.") var list: String?
    @Option(help: "The file to write; by default standard output.") var output: String?

    private static let fixed = [
        "contact", "list", "external_id", "name", "state", "reason", "attempts", "last_attempt_at", "last_outcome",
        "last_disposition",
    ]
    private static let piece = 256 * 1024

    func run() async throws {
        let store = try database.openToRead()
        let id = try store.campaign(named: campaign).id
        if let list, try !store.lists(campaign: id).contains(where: { $0.name == list }) {
            throw CommandFailure("There is no list “\(list)” in campaign \(campaign); see offhook lists list.")
        }
        let file = try output.map { try OutputFile($0, inputs: OwnFiles.paths(of: database.path)) }
        let names = try store.fieldNames(campaign: id, list: list)
        let known = Set(names)
        let numbers = max(1, try store.mostNumbers(campaign: id, list: list))
        let phones = (1...numbers).map { $0 == 1 ? "phone" : "phone\($0)" }
        var text = Table.csvLine((Self.fixed + phones + names).map(Cell.text))
        // The columns stand before the first row, and contacts are edited and imported meanwhile.
        var outgrown = 0
        try store.exportContacts(campaign: id, list: list) { contact in
            if contact.numbers.count > numbers || contact.fields.pairs.contains(where: { !known.contains($0.name) }) {
                outgrown += 1
            }
            text += Table.csvLine(Self.cells(contact, phones: numbers, names: names))
            if text.utf8.count > Self.piece {
                try write(text, to: file)
                text = ""
            }
        }
        try write(text, to: file)
        try file?.close()
        guard outgrown == 0 else {
            throw CommandFailure(
                "\(outgrown) contacts got more numbers or fields while they were exported, which have no column: export them again."
            )
        }
    }

    private func write(_ text: String, to file: OutputFile?) throws {
        if let file { try file.write(text) } else { try Console.mustWrite(data: text) }
    }

    private static func cells(_ contact: ExportedContact, phones: Int, names: [String]) -> [Cell] {
        let fields = Dictionary(
            contact.fields.pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let numbers = (0..<phones).map { place in
            place < contact.numbers.count ? Cell.text(contact.numbers[place].text) : .none
        }
        return [
            .integer(contact.contact), .text(contact.list), Cell(contact.externalID), Cell(contact.name),
            .text(contact.state), Cell(contact.reason), Cell(contact.attempts), Cell(contact.lastAttemptAt?.iso8601),
            Cell(contact.lastOutcome), Cell(contact.lastDisposition),
        ] + numbers + names.map { Cell(fields[$0]) }
    }
}
