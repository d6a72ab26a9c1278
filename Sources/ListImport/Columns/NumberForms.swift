import PhoneNumbers

/// What a list's first rows tell of the digits in its columns of numbers, for each region in which they are read.
struct NumberForms: Sendable {
    /// Rows that are looked at.
    static let sample = 200

    private struct Entry {
        let column: Int
        let region: String
        var tally = DigitsFormTally()
        var form = DigitsForm.unknown
    }

    private var entries: [Entry] = []

    /// Counts a text that stands in a column.
    mutating func count(_ text: String, column: Int, region: String) {
        let index =
            entries.firstIndex { $0.column == column && $0.region == region }
            ?? {
                entries.append(Entry(column: column, region: region))
                return entries.count - 1
            }()
        entries[index].tally.count(text, region: region)
        entries[index].form = entries[index].tally.form
    }

    /// How digits without a plus are meant there.
    func form(column: Int, region: String) -> DigitsForm {
        for entry in entries where entry.column == column && entry.region == region { return entry.form }
        return .unknown
    }
}
