import CampaignStore

/// What people are told of an import that is recorded.
public enum ImportText {
    /// What its rows said of people who want no calls, a sentence each.
    public static func notes(_ counts: ImportCounts) -> [String] {
        var notes: [String] = []
        if counts.doNotCall > 0 {
            notes.append(
                "Rows that ask not to be called: \(counts.doNotCall), of which \(counts.doNotCallUnclear) say neither yes nor no "
                    + "and \(counts.doNotCallUnread) have no number that can be read. New do-not-call entries: \(counts.doNotCallEntries)."
            )
        }
        if counts.letThrough > 0 {
            notes.append(
                "Contacts that are called although a column says otherwise, since it was taken for something else: \(counts.letThrough)."
            )
        }
        return notes
    }

    /// What was taken back of its do-not-call entries.
    public static func takenBack(_ entries: Int) -> String {
        switch entries {
        case 0: "no do-not-call entry was taken back: it made none, or others ask for them as well"
        case 1: "one do-not-call entry of it was taken back"
        default: "\(entries) do-not-call entries of it were taken back"
        }
    }
}
