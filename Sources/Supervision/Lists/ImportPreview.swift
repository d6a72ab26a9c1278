import CampaignStore
import ListImport
import PhoneNumbers

/// What a dry run shows: the first rows of a file as understood, and its problems by kind.
public struct ImportPreview: Sendable {
    /// A row as understood.
    public struct Row: Sendable, Hashable {
        public var line: Int
        public var name: String?
        /// E.164, in calling order.
        public var numbers: [String]
        public var place: String?
        public var zones: [String]
        /// `name: text`, in the file's order.
        public var fields: [String]
    }

    /// Rows of one kind.
    public struct Kind: Sendable, Hashable {
        public var name: String
        public var rows: Int
        public var firstLine: Int
        public var example: String
    }

    private static let shownRows = 5
    /// The first rows that are contacts.
    public private(set) var first: [Row] = []
    private var problemsByName: [String: Kind] = [:]
    private var remarksByName: [String: Kind] = [:]
    /// What the rows say of people who want no calls.
    public private(set) var optOuts = OptOutTally()
    private var possible = 0
    private var unplaced = 0
    private var latin = 0

    /// Nothing seen yet.
    public init() {}

    /// Why rows are no contacts, the largest number first.
    public var problems: [Kind] { Self.sorted(problemsByName) }
    /// What rows that are contacts do not quite say, the largest number first.
    public var remarks: [Kind] { Self.sorted(remarksByName) }

    private static func sorted(_ kinds: [String: Kind]) -> [Kind] {
        kinds.values.sorted { ($1.rows, $0.name) < ($0.rows, $1.name) }
    }

    /// Takes in a batch that keeps what its rows were made of.
    public mutating func add(_ batch: ListBatch) {
        latin = batch.rowsReadAsWindows1252
        optOuts = batch.optOuts
        for row in batch.read {
            switch row {
            case .contact(let contact):
                if contact.numbers.contains(where: { $0.reading.validity == .possible }) { possible += 1 }
                if contact.numbers.contains(where: { $0.location.zones.isEmpty }) { unplaced += 1 }
                if first.count < Self.shownRows { first.append(Row(contact)) }
                for remark in contact.remarks {
                    Self.count(remark.category, contact.line, remark.example, in: &remarksByName)
                }
            case .quarantined(let bad): Self.count(bad.category, bad.line, bad.reason, in: &problemsByName)
            }
        }
    }

    private static func count(_ name: String, _ line: Int, _ example: String, in kinds: inout [String: Kind]) {
        kinds[name, default: Kind(name: name, rows: 0, firstLine: line, example: example)].rows += 1
    }

    /// What a person should know before the import, a sentence each.
    ///
    /// - Parameters:
    ///   - counts: what an import would do, with its duplicates by kind; nil where only the beginning was looked at.
    ///   - scriptFields: the list's fields that the campaign's script names.
    ///   - dialsPossible: whether the campaign dials numbers in no range that is known to be in use.
    public func notes(
        _ reading: ListReading, _ counts: (ImportCounts, DuplicateKinds)?, scriptFields: [String], dialsPossible: Bool
    ) -> [String] {
        var notes: [String] = []
        if let (counts, duplicates) = counts, counts.duplicates + counts.updated > 0 {
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
        notes += OptOutNotes.sentences(optOuts, reading.mapping)
        if unplaced > 0 {
            notes.append("\(unplaced) rows have a number whose time zone cannot be told; it is never called.")
        }
        if latin > 0 {
            notes.append(
                "\(latin) rows are not UTF-8 and were read as Windows-1252; if names look wrong, choose the encoding (on the command line: --encoding)."
            )
        }
        if reading.mapping.columns.contains(where: { $0.field == .ignore }) {
            notes.append("Columns that are taken for ignore are not kept.")
        }
        let kept = reading.mapping.columns.filter(\.field.becomesField).map(\.fieldName)
        for field in ScriptFields.missing(scriptFields, among: kept) {
            notes.append("The campaign's script names “\(field)”, and this file has no such column.")
        }
        return notes
    }
}

extension ImportPreview.Row {
    fileprivate init(_ contact: ContactCandidate) {
        line = contact.line
        name = contact.name
        numbers = contact.numbers.map(\.reading.number.e164)
        place = contact.numbers.first?.location.jurisdiction
        zones = contact.numbers.first?.location.zones ?? []
        fields = contact.fields.map { "\($0.name): \($0.value)" }
    }
}
