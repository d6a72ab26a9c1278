/// What became of a row of a list.
public enum ListRow: Sendable, Hashable {
    case contact(ContactCandidate)
    case quarantined(QuarantinedRow)

    /// The physical line of the file where it begins, from 1.
    public var line: Int {
        switch self {
        case .contact(let contact): contact.line
        case .quarantined(let row): row.line
        }
    }
}
