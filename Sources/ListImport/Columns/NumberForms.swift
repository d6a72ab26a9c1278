import PhoneNumbers

/// What a list's first rows tell of the digits in its columns of numbers, for each region in which they are read.
struct NumberForms: Sendable {
    /// Rows that are looked at.
    static let sample = 200

    private struct Entry {
        let column: Int
        let region: String
        var form = DigitsForm.unknown
    }

    private var entries: [Entry] = []
    /// What was counted for each of them.
    private var tallies: [DigitsFormTally] = []

    /// Counts a text that stands in a column.
    mutating func count(_ text: String, column: Int, region: String) {
        let known = entries.firstIndex { $0.column == column && $0.region == region }
        let index = known ?? entries.count
        if known == nil {
            entries.append(Entry(column: column, region: region))
            tallies.append(DigitsFormTally())
        }
        tallies[index].count(text, region: region)
        entries[index].form = tallies[index].form
    }

    /// How digits without a plus are meant there.
    func form(column: Int, region: String) -> DigitsForm {
        for entry in entries where entry.column == column && entry.region == region { return entry.form }
        return .unknown
    }
}
