import ArgumentParser
import CampaignStore
import Campaigns
import Reports

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
                ]
            }
            output.print(
                Table(
                    columns: [
                        "import", "state", "at", "campaign", "list", "file", "read", "imported", "updated",
                        "duplicates", "quarantined", "suppressed", "options", "sha256",
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
        @Argument(help: "The import's number.") var number: Int64

        func run() async throws {
            let contacts = try database.open().undoImport(number, at: database.now)
            Console.say(
                "import \(number) undone: \(contacts) contacts are gone; rows that it updated keep their new fields")
        }
    }
}
