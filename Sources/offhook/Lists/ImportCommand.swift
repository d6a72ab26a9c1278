import ArgumentParser
import CampaignStore
import Campaigns
import Foundation
import ListImport
import Reports
import Supervision

extension ImportRequest.DuplicateScope: ExpressibleByArgument {}
extension ImportRequest.DuplicateAction: ExpressibleByArgument {}
extension ImportRequest.DoNotCallScope: ExpressibleByArgument {}

/// `offhook import`: a CSV list into a campaign.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Read a CSV list into a campaign; bad rows are kept aside with their reason.",
        discussion: "All rows appear in the campaign at the end, or none. The same file twice adds nothing.")
    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var reading: ReadingOptions
    @Option(help: "The campaign.") var campaign: String
    @Option(help: "The list's name; by default the file's.") var list: String?
    @Option(help: "Region in which national numbers are read; by default the campaign's.") var region: String?
    @Option(help: "Where a known number makes a row a duplicate: campaign or everywhere.")
    var duplicates: ImportRequest.DuplicateScope = .campaign
    @Option(help: "What is done with a duplicate: skip, or update its name and fields.")
    var onDuplicate: ImportRequest.DuplicateAction = .skip
    @Option(
        help:
            "Where the wish of people who want no calls holds: house (all campaigns), campaign, or contact (this contact alone)."
    )
    var doNotCall: ImportRequest.DoNotCallScope = .house
    @Flag(help: "Show what would happen; nothing is stored.") var dryRun = false
    @Option(help: "Write the rows that are no contacts to this file, with their reasons.") var quarantineFile: String?
    @Argument(help: "The file; - for standard input.") var file: String

    func run() async throws {
        let store = try database.open()
        let stored = try store.campaign(named: campaign)
        let list = try CommandInput.list(file, beside: database)
        let plan = ImportPlan(
            reading: try reading.choices(), list: self.list, region: region, duplicates: duplicates,
            onDuplicate: onDuplicate, doNotCall: doNotCall, isDryRun: dryRun)
        let opened = try plan.open(list, for: stored, ShareDirectory.data())
        let request = try plan.request(list, opened: opened, for: stored)
        if let quarantineFile { try OwnFiles.refuse(quarantineFile, of: database.path) }
        let bad = try quarantineFile.map { try QuarantineFile($0, of: opened, reading: file) }
        var preview = ImportPreview()
        let observe: ((ListBatch) throws -> Void)? =
            dryRun || bad != nil
            ? { batch in
                if dryRun { preview.add(batch) }
                try bad?.add(batch.read)
            } : nil
        let progress = ImportProgress()
        defer { progress.clear() }
        let result = try list.load(
            opened, into: store, request: request, under: try RuleLibrary.rules(of: stored, in: store),
            at: database.now, progress: progress.show, observe: observe)
        progress.clear()
        try bad?.close()
        if dryRun, output.format == .table {
            let script = try stored.script.map { try CallScript($0, file: stored.campaign.script ?? stored.file) }
            return preview.show(
                opened, result.counts, result.duplicates, result.places, campaign: campaign,
                file: file == "-" ? "Standard input" : file, scriptFields: script?.fields ?? [],
                dialsPossible: stored.campaign.dialsPossibleNumbers(at: database.now))
        }
        try show(result)
        if !dryRun {
            for note in OptOutNotes.sentences(result.optOuts, opened.mapping) { Console.note("\(note)") }
        }
    }

    private func show(_ result: ImportResult) throws {
        let (counts, id) = (result.counts, result.id)
        switch output.format {
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            Console.json(String(decoding: try encoder.encode(ImportAnswer(counts, result.places)), as: UTF8.self))
        case .csv, .table:
            output.print(ImportSummary.table(counts), empty: "")
            guard output.format == .table else { return }
            if !result.places.sentences.isEmpty { Console.say("") }
            result.places.sentences.forEach { Console.say("\($0)") }
            if counts.quarantined > 0 {
                Console.say(
                    quarantineFile.map { "\nThe quarantined rows are in \($0); mend them there and import it." }
                        ?? "\nWhy rows were quarantined: offhook imports show \(id)")
            }
            if counts.imported > 0 { Console.say("To take it back: offhook imports undo \(id)") }
        }
    }
}

/// What an import did, for programs: its counts, with how many rows say something of their place that cannot be read or is
/// disputed, and how many can never be called. Scripts read the six plain counts; any other is there where it is not zero.
struct ImportAnswer: Encodable {
    private let counts: ImportCounts
    private let places: ImportPlaces

    private enum Key: String, CodingKey {
        case unsurePlaces = "unsure_places"
        case neverCallable = "never_callable"
    }

    init(_ counts: ImportCounts, _ places: ImportPlaces) {
        self.counts = counts
        self.places = places
    }

    func encode(to encoder: any Encoder) throws {
        try counts.encode(to: encoder)
        var more = encoder.container(keyedBy: Key.self)
        let further = [
            (Key.unsurePlaces, places.unsure.reduce(0) { $0 + $1.rows }),
            (Key.neverCallable, places.neverCallable.reduce(0) { $0 + $1.rows }),
        ]
        for (key, count) in further where count > 0 { try more.encode(count, forKey: key) }
    }
}

/// What an import did, for people.
enum ImportSummary {
    static func table(_ counts: ImportCounts) -> Table {
        Table(
            columns: ["read", "imported", "updated", "duplicates", "quarantined", "suppressed", "do_not_call"],
            rows: [
                [
                    Cell(counts.read), Cell(counts.imported), Cell(counts.updated), Cell(counts.duplicates),
                    Cell(counts.quarantined), Cell(counts.suppressed), Cell(counts.doNotCall),
                ]
            ])
    }
}
