/// What became of a row of a list.
public enum ListRow: Sendable, Hashable {
    case contact(ContactCandidate)
    case quarantined(QuarantinedRow)
}
