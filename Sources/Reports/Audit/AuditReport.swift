import CampaignStore
import Campaigns

/// Who changed what, and from where: the audit log of a period. Filters of calls do not matter.
public enum AuditReport {
    /// Most entries that are listed.
    public static let mostListed = 10_000

    /// Answers a question from a store.
    ///
    /// - Throws: `StoreError`.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore) throws -> Report {
        let filter = AuditFilter(from: question.scope.from, until: question.scope.to)
        return report(
            try store.auditLog(filter, limit: mostListed + 1), counts: try store.auditCounts(filter), for: question)
    }

    /// Shapes the report.
    ///
    /// - Parameters:
    ///   - entries: the newest first; of more than ``mostListed`` the newest are shown.
    ///   - counts: how often each act is in the log in the period.
    public static func report(
        _ entries: [AuditEntry], counts: [AuditCount], for question: ReportQuestion
    ) -> Report {
        let all = counts.reduce(0) { $0 + $1.entries }
        var notes = ["The log holds what was done on pages and by programs; nobody can change it or take anything out."]
        if all > mostListed {
            notes.append("Listed are the newest \(mostListed) of \(all); shorten the time to see the others.")
        }
        return Report(
            name: .audit, title: "Who changed what",
            subtitle: ReportQuestion.words(from: question.scope.from, to: question.scope.to, on: question.clock),
            figures: [ReportFigure(column: "entries", label: "Entries", value: Cell(all))],
            sections: [
                ReportSection(
                    id: "audit", title: "Entries, the newest first", table: list(entries.prefix(mostListed)),
                    empty:
                        "Nothing was changed on pages or by programs in this time; commands of offhook are not in this log."
                ),
                ReportSection(
                    id: "acts", title: "By act",
                    table: Table(
                        columns: ["act", "entries", "share"],
                        rows: counts.sorted { ($1.entries, $0.act) < ($0.entries, $1.act) }.map { count in
                            [.text(count.act), Cell(count.entries), .share(count.entries, of: all)]
                        }, totals: [.text("all"), Cell(all), .none]), empty: "Nothing was changed in this time."),
            ], notes: notes)
    }

    private static func list(_ entries: some Sequence<AuditEntry>) -> Table {
        Table(
            columns: ["at", "user", "address", "act", "subject", "detail"],
            rows: entries.map { entry in
                [
                    .text(entry.at.iso8601), Cell(entry.user), .text(entry.address), .text(entry.act),
                    Cell(entry.subject), Cell(entry.detail),
                ]
            })
    }
}
