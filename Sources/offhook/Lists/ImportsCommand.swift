import ArgumentParser
import CampaignStore
import Campaigns
import Reports
import Supervision

/// `offhook imports`: what was imported, and what was not.
struct ImportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "imports", abstract: "Recorded imports: list them, show one, take one back.",
        subcommands: [List.self, Show.self, Undo.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All imports, newest first.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let rows = try database.openToRead().imports().map { entry -> [Cell] in
                [
                    .integer(entry.id), .text(entry.state), .text(entry.at.iso8601), .text(entry.campaign),
                    .text(entry.list),
                    .text(entry.file), Cell(entry.counts.read), Cell(entry.counts.imported),
                    Cell(entry.counts.updated), Cell(entry.counts.duplicates), Cell(entry.counts.quarantined),
                    Cell(entry.counts.suppressed), .text(entry.options), .text(entry.sha256),
                    Cell(entry.counts.doNotCall), Cell(entry.counts.doNotCallEntries), Cell(entry.counts.letThrough),
                ]
            }
            output.print(
                Table(
                    columns: [
                        "import", "state", "at", "campaign", "list", "file", "read", "imported", "updated",
                        "duplicates", "quarantined", "suppressed", "options", "sha256", "do_not_call",
                        "do_not_call_entries", "let_through",
                    ], rows: rows), empty: "Nothing was imported yet.")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One import: its file, options and counts, and the rows that it quarantined.",
            discussion: "With --format csv or json: the quarantined rows alone.")
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The import's number.") var number: Int64

        func run() async throws {
            let store = try database.openToRead()
            let rows = try store.quarantinedRows(ofImport: number).map { row -> [Cell] in
                [Cell(row.row), Cell(row.line), .text(row.reason), .text(row.raw)]
            }
            if output.format == .table, let entry = try store.imports().first(where: { $0.id == number }) {
                Console.say(
                    """
                    import \(entry.id), \(entry.state), \(entry.at.iso8601)
                    campaign \(entry.campaign), list \(entry.list)
                    file \(entry.file), SHA-256 \(entry.sha256)
                    options \(entry.options)

                    """)
                Console.say(layout: ImportSummary.table(entry.counts).text + "\n")
                let notes = ImportText.notes(entry.counts)
                if !notes.isEmpty { Console.say("\(notes.joined(separator: "\n"))\n") }
            }
            output.print(
                Table(columns: ["row", "line", "reason", "raw"], rows: rows),
                empty: "Import \(number) quarantined no rows.")
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take an import back, as long as none of its contacts was called.")
        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Take its do-not-call entries back too; without it, people who want no calls stay on the list.")
        var withDoNotCall = false
        @Flag(help: "Take its do-not-call entries back and nothing else, also where its contacts were called.")
        var onlyDoNotCall = false
        @Argument(help: "The import's number.") var number: Int64

        func validate() throws {
            if withDoNotCall, onlyDoNotCall {
                throw ValidationError("--with-do-not-call and --only-do-not-call exclude each other.")
            }
        }

        func run() async throws {
            let store = try database.open()
            let entries = try store.storedImport(number).counts.doNotCallEntries
            if onlyDoNotCall {
                let taken = try store.takeBackWishes(ofImport: number, at: database.now)
                return Console.say("import \(number): \(ImportText.takenBack(taken))")
            }
            let undone = try store.undoImport(number, withDoNotCall: withDoNotCall, at: database.now)
            Console.say(
                "import \(number) undone: \(undone.contacts == 1 ? "1 contact is" : "\(undone.contacts) contacts are") gone; rows that it updated keep their new fields"
            )
            if withDoNotCall {
                Console.say("\(ImportText.takenBack(undone.doNotCall))")
            } else if entries > 0 {
                Console.note(
                    "The do-not-call entries that it made stay (\(entries)). To take them back: offhook imports undo \(number) --with-do-not-call"
                )
            }
        }
    }
}
