import CampaignStore
import Campaigns
import Reports

/// Answers questions for a report: the command line, the pages and the interface all ask here.
public enum Reporting {
    /// The answer, from a store that is read only.
    ///
    /// - Throws: `ReportMistake` where a filter does not go with the report; `StoreError`; `SupervisionError` where a rule pack
    ///   that the inventory needs is missing.
    public static func answer(_ question: ReportQuestion, in store: CampaignStore, _ share: ShareData) throws -> Report
    {
        try question.check()
        var report = try unnoted(question, in: store, share)
        report.notes += try withoutRules(question.scope.campaigns, in: store)
        return report
    }

    /// Which of the campaigns that a report is of apply no law's rules, by their own files.
    private static func withoutRules(_ campaigns: Set<CampaignID>?, in store: CampaignStore) throws -> [String] {
        guard let campaigns else { return [] }
        return try store.campaigns().filter { campaigns.contains($0.id) && $0.campaign.callingRules.isWithoutRules }
            .map { "Campaign \($0.campaign.name): \(CallingRulesSettings.withoutRulesText)" }
    }

    private static func unnoted(
        _ question: ReportQuestion, in store: CampaignStore, _ share: ShareData
    ) throws -> Report {
        switch question.report {
        case .outcomes: return try CallOutcomeReport.answer(question, in: store)
        case .dispositions: return try DispositionReport.answer(question, in: store)
        case .hours: return try HourReport.answer(question, in: store)
        case .penetration: return try PenetrationReport.answer(question, in: store)
        case .conflicts: return try ConflictReport.answer(question, in: store)
        case .closing: return try ClosingReport.answer(question, in: store)
        case .inventory: return try inventory(question, in: store, share)
        case .agents: return try AgentTimeReport.answer(question, in: store)
        case .callbacks: return try CallbackReport.answer(question, in: store)
        case .phones: return try PhoneHealthReport.answer(question, in: store)
        case .attempts: return try CallDetailReport.answer(question, in: store)
        case .audit: return try AuditReport.answer(question, in: store)
        case .compliance:
            return try ComplianceReport.answer(question, in: store) {
                try CampaignRules.of($0, in: store, share)
            }
        }
    }

    /// Costs a look at all contacts of the campaigns; archived ones are left out.
    private static func inventory(
        _ question: ReportQuestion, in store: CampaignStore, _ share: ShareData
    ) throws -> Report {
        let campaigns = try store.campaigns().filter {
            $0.state != .archived && question.scope.campaigns?.contains($0.id) != false
        }
        return InventoryReport.report(
            try CampaignInventory.all(campaigns, in: store, share, at: question.now).map(\.report),
            for: question, try store.callNames())
    }
}
