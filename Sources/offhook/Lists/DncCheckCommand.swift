import ArgumentParser
import CampaignStore
import Campaigns
import Foundation
import ListImport
import PhoneNumbers
import Reports
import Supervision

/// `offhook dnc check`: which rows of a list are on the do-not-call list, without importing it.
struct DncCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Mark a list by the do-not-call list without importing it.",
        discussion:
            "With --output the whole list is written again, a column in front that says what stands against each row.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var scope: DncCommand.Scope
    @OptionGroup var format: OutputOptions
    @OptionGroup var reading: ReadingOptions
    @Option(help: "Write the marked list to this file.") var output: String?
    @Argument(help: "The list; - for standard input.") var file: String

    /// Rows that a table shows; all are counted, and all stand in --output and in CSV.
    private static let shownRows = 1000

    func run() async throws {
        let store = try database.openToRead()
        let campaign = try scope.campaignID(in: store)
        let list = try CommandInput.list(file, beside: database)
        var options = try reading.options(region: scope.readingRegion(in: store))
        options.keepsRawText = output != nil
        let opened = try ListReading(list.url, options, ShareDirectory.data())
        if let output { try OwnFiles.refuse(output, of: database.path) }
        let marked = try output.map { try MarkedList($0, of: opened, reading: file) }
        var found: [[Cell]] = []
        let most = format.format == .table ? Self.shownRows : Int.max
        var counts = (rows: 0, suppressed: 0, unreadable: 0)
        let pipeline = opened.start(keepsRead: true)
        let now = database.now
        while let batch = try pipeline.next() {
            let suppressed = try store.suppressed(among: batch.numbers, campaign: campaign, at: now)
            for row in batch.read {
                counts.rows += 1
                switch row {
                case .quarantined(let bad):
                    counts.unreadable += 1
                    try marked?.add("not read: \(bad.reason)", raw: bad.raw)
                case .contact(let contact):
                    let covered = contact.numbers.map(\.reading.number).filter(suppressed.contains)
                    if covered.isEmpty {
                        try marked?.add("clear", raw: contact.raw)
                        continue
                    }
                    counts.suppressed += 1
                    let entries = try covered.flatMap { try store.suppressions(of: $0, at: now) }
                    let sources = Set(entries.map(\.source)).sorted().joined(separator: ", ")
                    let numbers = covered.map(\.e164).joined(separator: ", ")
                    try marked?.add("do not call: \(numbers) (\(sources))", raw: contact.raw)
                    guard found.count < most else { continue }
                    found.append([Cell(contact.line), Cell(contact.name), .text(numbers), .text(sources)])
                }
            }
        }
        try marked?.close()
        format.print(
            Table(columns: ["line", "name", "do_not_call", "source"], rows: found),
            empty: "No row of \(file) is on the do-not-call list.")
        if counts.suppressed > found.count {
            Console.note("Only the first \(found.count) are shown; see --output, or --format csv.")
        }
        Console.note(
            "\(counts.rows) rows: \(counts.suppressed) have a number that must not be called, \(counts.unreadable) were not read."
        )
    }
}

extension ListBatch {
    /// All numbers of the contacts that were read.
    fileprivate var numbers: [PhoneNumber] {
        read.flatMap { row -> [PhoneNumber] in
            guard case .contact(let contact) = row else { return [] }
            return contact.numbers.map(\.reading.number)
        }
    }
}

/// A list written again with a mark in front of each row, and an apostrophe before each cell that a spreadsheet would run.
private final class MarkedList {
    private let file: OutputFile
    private let delimiter: CSVDelimiter

    init(_ path: String, of list: ListReading, reading input: String) throws {
        file = try OutputFile(path, inputs: [input])
        delimiter = list.delimiter
        if list.encoding != .utf8 { try file.write("\u{FEFF}") }
        if !list.headerText.isEmpty { try add("do_not_call", raw: list.headerText) }
    }

    func add(_ mark: String, raw: String) throws {
        let quoted = "\"\(mark.replacingOccurrences(of: "\"", with: "\"\""))\""
        let row = SpreadsheetRow.guarded(raw, delimiter: delimiter)
        try file.write("\(quoted)\(UnicodeScalar(delimiter.rawValue))\(row)\r\n")
    }

    func close() throws { try file.close() }
}
