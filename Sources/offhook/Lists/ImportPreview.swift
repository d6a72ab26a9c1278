import CampaignStore
import Foundation
import ListImport
import PhoneNumbers
import Reports

/// What a dry run shows: how the file is taken, its first rows as understood, and its problems by kind.
struct ImportPreview {
    private static let rows = 5
    private var first: [[Cell]] = []
    private var kinds: [String: (rows: Int, line: Int, example: String)] = [:]
    private var possible = 0
    private var unplaced = 0
    private var latin = 0

    mutating func add(_ batch: ListBatch) {
        latin = batch.rowsReadAsWindows1252
        for row in batch.read {
            switch row {
            case .contact(let contact):
                if contact.numbers.contains(where: { $0.reading.validity == .possible }) { possible += 1 }
                if contact.numbers.contains(where: { $0.location.zones.isEmpty }) { unplaced += 1 }
                if first.count < Self.rows { first.append(Self.cells(contact)) }
            case .quarantined(let bad):
                let known = kinds[bad.category]
                kinds[bad.category] = (
                    (known?.rows ?? 0) + 1, known?.line ?? bad.line, known?.example ?? bad.reason
                )
            }
        }
    }

    private static func cells(_ contact: ContactCandidate) -> [Cell] {
        let zones = contact.numbers.first.map { $0.location.zones.joined(separator: " or ") } ?? ""
        return [
            Cell(contact.line), Cell(contact.name),
            .text(contact.numbers.map(\.reading.number.e164).joined(separator: ", ")),
            Cell(contact.numbers.first?.location.jurisdiction), .text(zones),
            .text(contact.fields.map { "\($0.name): \($0.value)" }.joined(separator: "; ")),
        ]
    }

    /// - Parameter scriptFields: the list's fields that the campaign's script names.
    func show(_ reading: ListReading, _ counts: ImportCounts, campaign: String, file: String, scriptFields: [String]) {
        let headerText = reading.headerText.isEmpty ? "no header" : "a header"
        print(
            "\(file): \(reading.encoding.displayName), \(reading.delimiter.displayName) between fields, \(headerText).\n"
        )
        let columns = zip(reading.headers, reading.mapping.columns).map { header, column -> [Cell] in
            [.text(header), .text(column.field.description)]
        }
        print(Table(columns: ["column", "taken_for"], rows: columns).text)
        print("\nThe first rows as understood:\n")
        print(
            Table(columns: ["line", "name", "numbers", "place", "time_zones", "fields"], rows: first).text)
        print("\nWhat an import into campaign \(campaign) would do:\n")
        print(ImportSummary.table(counts).text)
        if !kinds.isEmpty {
            print("\nRows that would be quarantined, by problem:\n")
            let rows = kinds.sorted { ($1.value.rows, $0.key) < ($0.value.rows, $1.key) }.map { kind, found -> [Cell] in
                [.text(kind), Cell(found.rows), Cell(found.line), .text(found.example)]
            }
            print(Table(columns: ["problem", "rows", "first_line", "for_example"], rows: rows).text)
        }
        var notes: [String] = []
        if possible > 0 {
            notes.append("\(possible) rows have a number of the right length in no range that is known to be in use.")
        }
        if unplaced > 0 {
            notes.append("\(unplaced) rows have a number whose time zone cannot be told; it is never called.")
        }
        if latin > 0 {
            notes.append(
                "\(latin) rows are not UTF-8 and were read as Windows-1252; if names look wrong, use --encoding.")
        }
        let custom = Set(
            reading.mapping.columns.compactMap { column -> String? in
                guard case .custom(let name) = column.field else { return nil }
                return name.lowercased()
            })
        for field in scriptFields where !custom.contains(field.lowercased()) {
            notes.append("The campaign's script names “\(field)”, and this file has no such column.")
        }
        notes.append(
            "Nothing was stored. Columns taken wrongly? Use --map 'COLUMN=FIELD'. Then run it without --dry-run.")
        print("\n" + notes.joined(separator: "\n"))
    }
}
