import CampaignStore
import Campaigns
import Reports

/// Every attempt of a question as a row, read piece by piece so that millions need little memory.
struct AttemptRows {
    private static let piece = 5000

    private let store: CampaignStore
    private let filter: AttemptFilter
    private let empty: String

    init(store: CampaignStore, question: ReportQuestion) {
        self.store = store
        var filter = AttemptFilter()
        filter.campaigns = question.scope.campaigns
        filter.list = question.scope.list
        filter.agent = question.scope.agent
        filter.station = question.scope.station
        let all = ReportPeriod.everything
        filter.since = question.scope.from > all.from ? question.scope.from : nil
        filter.until = question.scope.to < all.to ? question.scope.to : nil
        empty =
            filter == AttemptFilter() ? "Nothing was dialled yet." : "No call falls into this time and these filters."
        self.filter = filter
    }

    /// RFC 4180, with a header.
    func csv(_ write: (String) throws -> Void) throws {
        try write(Table.csvLine(AttemptReport.columns.map(Cell.text)))
        try each { rows in try write(rows.map(Table.csvLine).joined()) }
    }

    /// An array of objects.
    func json(_ write: (String) throws -> Void) throws {
        var start = "["
        try each { rows in
            try write(start + Table(columns: AttemptReport.columns, rows: rows).json.dropFirst().dropLast())
            start = ",\n"
        }
        try write(start == "[" ? "[]\n" : "]\n")
    }

    /// For people; all rows at once, since their widths decide the columns'.
    func text() throws -> String {
        var rows: [[Cell]] = []
        try store.attempts(filter) { rows.append(AttemptReport.row($0)) }
        return rows.isEmpty ? empty : Table(columns: AttemptReport.columns, rows: rows).text
    }

    private func each(_ body: ([[Cell]]) throws -> Void) throws {
        var rows: [[Cell]] = []
        try store.attempts(filter) { attempt in
            rows.append(AttemptReport.row(attempt))
            guard rows.count == Self.piece else { return }
            try body(rows)
            rows.removeAll(keepingCapacity: true)
        }
        if !rows.isEmpty { try body(rows) }
    }
}
