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
    private var remarks: [String: (rows: Int, line: Int, example: String)] = [:]
    private var barred: [String: Int] = [:]
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
                for remark in contact.remarks {
                    let known = remarks[remark.category]
                    remarks[remark.category] = (
                        (known?.rows ?? 0) + 1, known?.line ?? contact.line, known?.example ?? remark.example
                    )
                }
                for field in contact.fields where Self.saysDoNotCall(field) { barred[field.name, default: 0] += 1 }
            case .quarantined(let bad):
                let known = kinds[bad.category]
                kinds[bad.category] = (
                    (known?.rows ?? 0) + 1, known?.line ?? bad.line, known?.example ?? bad.reason
                )
            }
        }
    }

    /// Whether a column that nobody heeds says that the person wants no calls.
    private static func saysDoNotCall(_ field: ContactField) -> Bool {
        let name = field.name.lowercased().filter(\.isLetter)
        let isAbout = ["donotcall", "dnc", "optout", "optedout", "nocall", "nocalls", "donotphone", "robinson"].contains
        {
            name.hasPrefix($0)
        }
        return isAbout && ["yes", "y", "true", "1", "x", "ja", "oui", "si", "sí"].contains(field.value.lowercased())
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

    /// - Parameters:
    ///   - scriptFields: the list's fields that the campaign's script names.
    ///   - dialsPossible: whether the campaign dials numbers in no range that is known to be in use.
    func show(
        _ reading: ListReading, _ counts: ImportCounts, _ duplicates: DuplicateKinds, campaign: String, file: String,
        scriptFields: [String], dialsPossible: Bool
    ) {
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
        Self.show(kinds, title: "Rows that would be quarantined, by problem:", as: "problem")
        Self.show(remarks, title: "Rows that become contacts, but not quite as they say:", as: "remark")
        var notes: [String] = []
        if counts.duplicates + counts.updated > 0 {
            notes.append(
                "Of the rows with a number that is known, \(duplicates.inFile) repeat another row of the file, "
                    + "\(duplicates.inCampaign) a contact of the campaign, \(duplicates.elsewhere) one of another campaign."
            )
        }
        if possible > 0 {
            notes.append(
                "\(possible) rows have a number of the right length in no range that is known to be in use; the campaign "
                    + (dialsPossible ? "calls them (numbers: possible)." : "does not call them (numbers: valid)."))
        }
        for (name, rows) in barred.sorted(by: { $0.key < $1.key }) {
            notes.append(
                "\(rows) rows say yes in “\(name)”, which is kept as a field and stops no call: put their numbers on the list "
                    + "with offhook dnc import, or take the rows out.")
        }
        if unplaced > 0 {
            notes.append("\(unplaced) rows have a number whose time zone cannot be told; it is never called.")
        }
        if latin > 0 {
            notes.append(
                "\(latin) rows are not UTF-8 and were read as Windows-1252; if names look wrong, use --encoding.")
        }
        if reading.mapping.columns.contains(where: { $0.field == .ignore }) {
            notes.append("Columns that are taken for ignore are not kept.")
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

    private static func show(
        _ found: [String: (rows: Int, line: Int, example: String)], title: String, as column: String
    ) {
        guard !found.isEmpty else { return }
        print("\n\(title)\n")
        let rows = found.sorted { ($1.value.rows, $0.key) < ($0.value.rows, $1.key) }.map { kind, found -> [Cell] in
            [.text(kind), Cell(found.rows), Cell(found.line), .text(found.example)]
        }
        print(Table(columns: [column, "rows", "first_line", "for_example"], rows: rows).text)
    }
}
