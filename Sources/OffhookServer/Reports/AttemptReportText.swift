import CampaignStore
import Campaigns
import Reports

/// The report of all attempts as text that comes in pieces.
struct AttemptReportText: Sendable {
    private enum Step: Sendable {
        case head, rows, over
    }

    let store: CampaignStore
    let filter: AttemptFilter
    let isCSV: Bool
    /// Rows of a piece.
    var piece = 1000
    private var step = Step.head
    private var pieces: AttemptPieces?
    private var isFirst = true

    /// The report of attempts that fit a filter.
    init(store: CampaignStore, filter: AttemptFilter, isCSV: Bool, piece: Int = 1000) {
        self.store = store
        self.filter = filter
        self.isCSV = isCSV
        self.piece = piece
    }

    /// The next piece; nil at the end.
    mutating func next() throws -> String? {
        switch step {
        case .head:
            step = .rows
            return isCSV ? Table.csvLine(AttemptReport.columns.map(Cell.text)) : "["
        case .rows:
            var reading = try pieces ?? store.attemptPieces(filter, piece: piece)
            let rows = try reading.next()
            pieces = reading
            guard let rows else {
                step = .over
                return isCSV ? nil : "]"
            }
            let table = Table(columns: AttemptReport.columns, rows: rows.map(AttemptReport.row))
            let text =
                isCSV
                ? table.rows.map(Table.csvLine).joined()
                : (isFirst ? "" : ",\n") + table.json.dropFirst().dropLast()
            isFirst = false
            return text
        case .over: return nil
        }
    }
}
