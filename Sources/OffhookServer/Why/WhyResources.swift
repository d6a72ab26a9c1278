import CampaignStore
import Campaigns
import Hummingbird
import PhoneNumbers
import Reports
import Supervision

/// Why a number was or was not called, and what holds a campaign back.
enum WhyResources {
    private static let at = Operation.Parameter(
        "at", "ask for another time; of the past, calls and do-not-call entries since then do not count",
        details: ["format": "date-time"])

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.schemas.add(NumberWhyView.self)
        table.schemas.add(ExplainedContactView.self)
        table.schemas.add(CampaignWhyView.self)
        table.get(
            "/api/v1/numbers/{number}/why", .interface(.manager, .contactsRead),
            "what stands between a number and its next call, rule by rule",
            Operation(
                "explainNumber", tag: "why", parameters: [NumberResources.region, at],
                answers: [.init(200, "every contact that holds it, with every rule", schema: "NumberWhyView")])
        ) { request, context in
            try await number(parts, request, context)
        }
        table.get(
            "/api/v1/campaigns/{campaign}/why", .interface(.manager, .campaignsRead), "what holds a campaign back",
            Operation(
                "explainCampaign", tag: "why", parameters: [at],
                answers: [.init(200, "causes, with how many contacts each holds", schema: "CampaignWhyView")])
        ) { request, context in
            let stored = try context.campaignInPath(parts.store)
            let asked = try QueryFields(request).instant("at")
            let now = asked ?? parts.now()
            let standstill = try await parts.longWork.run {
                try Standstill(
                    of: stored, in: parts.store, parts.share, judgedAt: asked == nil ? now : nil, at: now)
            }
            return Response.json(CampaignWhyView(standstill, at: now))
        }
    }

    private static func number(_ parts: ServerParts, _ request: Request, _ context: ServeContext) async throws
        -> Response
    {
        let query = QueryFields(request)
        let asked = try query.instant("at")
        let now = asked ?? parts.now()
        let past = asked.flatMap { $0 < parts.now() ? $0 : nil }
        let reading = try NumberResources.reading(context, region: query.text("region") ?? "US", parts)
        let seen = try Seen(context, parts)
        let contacts = try await parts.longWork.run {
            try parts.store.contacts(holding: reading.number, at: now, asOf: past)
                .filter { seen.isVisible($0.campaign) }
                .map { history in
                    let campaign = try parts.store.campaign(named: history.campaign)
                    let rules = try CampaignRules.of(
                        campaign, in: parts.store, parts.share, judgedAt: asked == nil ? now : nil)
                    return ExplainedContactView(ContactExplanation(history, under: rules, at: now))
                }
        }
        let entries = try parts.store.suppressions(of: reading.number, at: now)
        return Response.json(
            NumberWhyView(
                number: reading.number.e164, at: now.iso8601,
                isSuppressed: entries.contains { $0.campaign.map(seen.isVisible) ?? true }, contacts: contacts))
    }
}
