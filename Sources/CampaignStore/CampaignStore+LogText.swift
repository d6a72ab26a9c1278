import GRDB

extension CampaignStore {
    /// An error of the database as a log may tell it: SQLite's own message, which names tables and columns, without the statement
    /// and its values; nil where it is another error.
    public static func logText(of error: any Error) -> String? {
        guard let error = error as? DatabaseError else { return nil }
        return "SQLite error \(error.extendedResultCode.rawValue): \(error.message ?? "no message")"
    }
}
