extension ReportName {
    /// The definitions of this report's columns and figures, in the order in which they come up.
    public var ownDefinitions: [ColumnDefinition] {
        switch self {
        case .outcomes: CallOutcomeReport.definitions
        case .dispositions: DispositionReport.definitions
        case .hours: HourReport.definitions
        case .penetration: PenetrationReport.definitions
        case .inventory: InventoryReport.definitions
        case .conflicts: ConflictReport.definitions
        case .closing: ClosingReport.definitions
        case .agents: AgentTimeReport.definitions
        case .callbacks: CallbackReport.definitions
        case .phones: PhoneHealthReport.definitions
        case .attempts: CallDetailReport.definitions
        case .audit: AuditReport.definitions
        case .compliance: ComplianceReport.definitions
        }
    }

    /// What a column says; nil where nobody has said it yet, which a test does not let pass.
    public func definition(of column: String) -> ColumnDefinition? {
        let known = { (column: String) in
            ownDefinitions.first { $0.column == column } ?? ColumnDefinition.shared.first { $0.column == column }
        }
        if let definition = known(column) { return definition }
        guard column.hasSuffix(Table.before) else { return nil }
        return known(String(column.dropLast(Table.before.count)))?.before
    }

    /// The definitions of all reports as docs/reports.md has them.
    public static var definitionsInMarkdown: String {
        allCases.filter { !$0.ownDefinitions.isEmpty }.map { report in
            let rows = report.ownDefinitions.map { "| `\($0.column)` | \($0.text) |" }
            return (["### \(report.rawValue)", "", "| column | what it says |", "| --- | --- |"] + rows)
                .joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}
