import CampaignStore
import Campaigns
import Hummingbird
import Reports

/// The reports: their index, a page each, and a campaign's closing report.
enum ReportPages {
    /// Most calls that the page of single calls shows.
    static let mostCalls = 200

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/reports", .page(.manager), "the reports, by the question that each answers") { request, context in
            try index(parts, request, context)
        }
        for entry in ReportEntry.all where entry.name != .closing {
            table.get("/reports/\(entry.name.rawValue)", .page(entry.role), "a report: \(entry.title)") {
                request, context in
                try await page(entry, nil, parts, request, context)
            }
        }
        for entry in ReportEntry.all where entry.name == .closing {
            table.get("/campaigns/{campaign}/closing", .page(.manager), "what came of a campaign, for print") {
                request, context in
                try await page(entry, try context.campaignInPath(parts.store), parts, request, context)
            }
        }
    }

    private static func index(_ parts: ServerParts, _ request: Request, _ context: ServeContext) throws -> Response {
        let user = try context.user()
        let shown = ReportEntry.all.filter { $0.name != .closing && user.role >= $0.role }
        let areas = ReportEntry.Area.allCases.map { area -> [String: Any] in
            [
                "area": area.rawValue,
                "entries": shown.filter { $0.area == area }.map { entry in
                    ["path": "/reports/\(entry.name.rawValue)", "name": entry.title, "question": entry.question]
                },
            ]
        }
        let campaigns = try parts.campaigns(for: context.known()).map { stored -> [String: Any] in
            ["path": "/campaigns/\(stored.id.value)/closing", "name": stored.campaign.name]
        }
        return try parts.pages.page(
            "reports/index", title: "Reports",
            ["areas": areas, "campaigns": campaigns, "hasCampaigns": !campaigns.isEmpty], scripts: ["zone.js"], request,
            context)
    }

    /// A report's page; what cannot be taken is said above it, and what was asked stays in the form.
    private static func page(
        _ entry: ReportEntry, _ campaign: StoredCampaign?, _ parts: ServerParts, _ request: Request,
        _ context: ServeContext
    ) async throws -> Response {
        var model: PageModel = ["isClosing": campaign != nil, "question": entry.question]
        var form = ReportForm(entry: entry, campaign: campaign, parts: parts)
        var title = entry.title
        var isProblem = false
        do {
            let asking = try await ReportAsking(entry, campaign: campaign, parts, request, context)
            form.asking = asking
            let report = entry.name == .attempts ? try await calls(asking, parts) : try await asking.answer()
            title = report.title
            let view = ReportView(report, asking.question.clock, hasCharts: parts.staticFiles.hasCharts) { section in
                interface(asking, campaign, "csv", section: section)
            }
            model["report"] = view.model
            model["csv"] = interface(asking, campaign, "csv")
            model["json"] = interface(asking, campaign, "json")
        } catch {
            guard let problem = Problem(error), problem.status == .unprocessableContent else { throw error }
            isProblem = true
            form.problem = problem
        }
        model["form"] = try form.model(request, context)
        return try parts.pages.page(
            "reports/report", title: title, model, scripts: ["reports.js", "zone.js"],
            status: isProblem ? .unprocessableContent : .ok, request, context)
    }

    /// Where the interface has the same.
    private static func interface(
        _ asking: ReportAsking, _ campaign: StoredCampaign?, _ format: String, section: String? = nil
    ) -> String {
        let path = "/api/v1/reports/\(asking.entry.name.rawValue)"
        guard let campaign else { return asking.address.link(path, ["section": section, "format": format]) }
        return asking.address.link(
            path, ["campaign": campaign.campaign.name, "section": section, "format": format])
    }

    /// The latest calls: the page is for a look at some, the files have them all.
    private static func calls(_ asking: ReportAsking, _ parts: ServerParts) async throws -> Report {
        let (store, filter) = (parts.store, asking.attemptFilter)
        let (rows, names) = try await parts.longWork.run {
            (try store.attempts(filter, limit: mostCalls + 1), try store.callNames())
        }
        let section = ReportSection(
            id: "attempts", title: "Calls, the latest first",
            table: Table(columns: AttemptReport.columns, rows: rows.prefix(mostCalls).map(AttemptReport.row)),
            empty: "No call was intended in this time under these filters. Choose a longer time or fewer filters.")
        return Report(
            name: .attempts, title: asking.entry.title, subtitle: asking.question.subtitle(names),
            sections: [section],
            notes: rows.count > mostCalls
                ? ["These are the latest \(mostCalls) calls; the CSV and JSON have all, the earliest first."] : [])
    }
}
