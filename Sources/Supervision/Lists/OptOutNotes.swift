import ListImport

/// What people are told of the rows whose persons want no calls.
public enum OptOutNotes {
    /// A sentence each: what is suppressed, what is let through, and which columns could be taken for it.
    ///
    /// - Parameter tally: of the rows that were read.
    public static func sentences(_ tally: OptOutTally, _ mapping: ColumnMapping) -> [String] {
        var notes: [String] = []
        let heeded = mapping.columns.filter { $0.field == .doNotCall }.map { "“\($0.header)”" }
        if tally.flagged > 0 {
            notes.append(
                "\(people(tally.flagged)) not to be called (\(heeded.isEmpty ? "beside a number" : heeded.joined(separator: ", "))), and \(tally.flagged == 1 ? "is" : "are") suppressed."
            )
        }
        if tally.unclear > 0 {
            let example = tally.unclearExample.map { ", such as “\($0.prefix(60))”" } ?? ""
            notes.append(
                "\(says(tally.unclear)) neither yes nor no there\(example), which counts as do not call."
            )
        }
        if tally.withoutNumber > 0 {
            notes.append(
                "\(rows(tally.withoutNumber)) of them \(tally.withoutNumber == 1 ? "has" : "have") no number that can be read, "
                    + "so nothing of them is on the do-not-call list: correct and import them again."
            )
        }
        for (index, count) in tally.letThrough.sorted(by: { $0.key < $1.key }) where index < mapping.columns.count {
            notes.append(sentence(count, mapping.columns[index]))
        }
        return notes
    }

    /// Columns that look like an opt-out and are taken for something else; each is a person's to decide.
    public static func offered(_ mapping: ColumnMapping) -> [ColumnMapping.Column] {
        mapping.columns.filter { $0.optOut != nil && $0.field != .doNotCall }
    }

    private static func sentence(_ count: Int, _ column: ColumnMapping.Column) -> String {
        let name = "“\(column.header)”"
        let advice =
            "to prevent that, take the column for do_not_call (on the command line: --map '\(column.header)=do_not_call')"
        let meaning = column.field.isCustom ? "kept as a field" : "taken for \(column.field)"
        let fate = "in \(name), \(meaning), and will be called; \(advice)."
        return switch column.optOut {
        case .flag: "\(people(count)) not to be called \(fate)"
        case .otherChannel(let channel):
            "\(says(count)) yes in \(name), which is usually about \(channel), and will be called; \(advice)."
        case .permission: "\(says(count)) no \(fate)"
        case .status, nil: "\(says(count)) “do not call” or DNC \(fate)"
        }
    }

    private static func says(_ count: Int) -> String { "\(rows(count)) \(count == 1 ? "says" : "say")" }

    private static func people(_ count: Int) -> String { "\(rows(count)) \(count == 1 ? "asks" : "ask")" }

    private static func rows(_ count: Int) -> String { "\(count) row\(count == 1 ? "" : "s")" }
}
