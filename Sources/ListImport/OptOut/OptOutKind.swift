/// What a column's header says of people who want no calls.
public enum OptOutKind: Sendable, Hashable {
    /// The column says who must not be called: `Do Not Call`, `TPS`, `Ne pas appeler`.
    case flag
    /// The column names a state of a record, among them perhaps “do not call”: `Status`, `Disposition`.
    case status
    /// The column is usually about something else than calls, such as e-mail: `Unsubscribed from all`.
    case otherChannel(String)
    /// The column says who may be called, so its “no” is the wish: `Phone opt-in`.
    case permission
}
