import CampaignStore
import ListImport
import Reports
import Supervision

extension ImportPreview {
    /// Prints what a dry run found: how the file is taken, its first rows as understood, and its problems by kind.
    ///
    /// - Parameters:
    ///   - scriptFields: the list's fields that the campaign's script names.
    ///   - dialsPossible: whether the campaign dials numbers in no range that is known to be in use.
    func show(
        _ reading: ListReading, _ counts: ImportCounts, _ duplicates: DuplicateKinds, _ places: ImportPlaces,
        campaign: String, file: String,
        scriptFields: [String], dialsPossible: Bool
    ) {
        let headerText = reading.headerText.isEmpty ? "no header" : "a header"
        Console.say(
            "\(file): \(reading.encoding.displayName), \(reading.delimiter.displayName) between fields, \(headerText).\n"
        )
        let columns = zip(reading.headers, reading.mapping.columns).map { header, column -> [Cell] in
            [.text(header), .text(column.field.description)]
        }
        Console.say(layout: Table(columns: ["column", "taken_for"], rows: columns).text)
        Console.say("\nThe first rows as understood:\n")
        Console.say(
            layout: Table(
                columns: ["line", "name", "numbers", "place", "time_zones", "fields"], rows: first.map(Self.cells)
            )
            .text)
        Console.say("\nWhat an import into campaign \(campaign) would do:\n")
        Console.say(layout: ImportSummary.table(counts).text)
        Self.show(problems, title: "Rows that would be quarantined, by problem:", as: "problem")
        Self.show(remarks, title: "Rows that become contacts, but not quite as they say:", as: "remark")
        let notes =
            places.neverCallable.map(ImportPlaces.sentence)
            + notes(reading, (counts, duplicates), scriptFields: scriptFields, dialsPossible: dialsPossible)
            + ["Nothing was stored. Columns taken wrongly? Use --map 'COLUMN=FIELD'. Then run it without --dry-run."]
        Console.say("")
        for note in notes { Console.say("\(note)") }
    }

    private static func cells(_ row: Row) -> [Cell] {
        [
            Cell(row.line), Cell(row.name), .text(row.numbers.joined(separator: ", ")), Cell(row.place),
            .text(zones(row.zones)), .text(row.fields.joined(separator: "; ")),
        ]
    }

    /// Most zones that are named one by one; a row whose zone cannot be read has all of its country's.
    private static let mostZones = 3

    private static func zones(_ names: [String]) -> String {
        names.count > mostZones
            ? "all of \(names.count) zones, such as \(names[0])" : names.joined(separator: " or ")
    }

    private static func show(_ found: [Kind], title: String, as column: String) {
        guard !found.isEmpty else { return }
        Console.say("\n\(title)\n")
        let rows = found.map { [Cell.text($0.name), Cell($0.rows), Cell($0.firstLine), .text($0.example)] }
        Console.say(layout: Table(columns: [column, "rows", "first_line", "for_example"], rows: rows).text)
    }
}
