import CampaignStore
import Campaigns
import HTTPTypes
import Hummingbird

/// The do-not-call list.
enum SuppressionPages {
    /// Entries that a page shows.
    private static let shown = 100

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/suppressions", .page(.manager), "the do-not-call list: search, sources, files") {
            request, context in
            try page(parts, request, context)
        }
        table.post("/suppressions", .page(.manager), "puts a number or prefix on the do-not-call list") {
            request, context in
            try await asking(Ask(action: "/suppressions", isRemoval: false), parts, request, context) {
                let form = context.form
                let body = SuppressionBody(
                    number: form.text("number"), campaignId: form.text("campaign_id").flatMap { Int64($0) },
                    source: form.text("source"), until: form.text("until"), region: form.text("region"),
                    confirm: form.text("confirm") == "contacts")
                let (subject, added, contacts) = try await SuppressionActs.add(body, parts, context)
                let words = added > 0 ? "is on the do-not-call list now" : "was on the do-not-call list already"
                let holders = "\(Counted.text(contacts, "contact")) \(contacts == 1 ? "holds" : "hold") it"
                let held = added > 0 ? "; \(holders)" : ""
                return Response.seeOther("/suppressions", saying: "\(subject) \(words)\(held).")
            }
        }
        table.post("/suppressions/remove", .page(.manager), "takes a number or prefix off the do-not-call list") {
            request, context in
            try await asking(Ask(action: "/suppressions/remove", isRemoval: true), parts, request, context) {
                let form = context.form
                let subject = try await SuppressionActs.remove(
                    form.text("number"), region: form.text("region"),
                    campaign: form.text("campaign_id").flatMap { Int64($0) },
                    confirmed: form.all("confirm").joined(separator: ","), parts, context)
                return Response.seeOther("/suppressions", saying: "\(subject) is off the do-not-call list.")
            }
        }
    }

    /// What is asked about before it is done to many contacts.
    private struct Ask {
        let action: String
        let isRemoval: Bool
    }

    /// Carries out what a form asks for; where it touches many contacts, asks first on a page that says how many.
    private static func asking(
        _ ask: Ask, _ parts: ServerParts, _ request: Request, _ context: ServeContext,
        _ act: () async throws -> Response
    ) async throws -> Response {
        do {
            return try await act()
        } catch let problem as Problem where problem.contacts != nil {
            let form = context.form
            var fields = ["number", "campaign_id", "source", "until", "region"].compactMap { name in
                form.text(name).map { ["name": name, "value": $0] }
            }
            fields += form.all("confirm").map { ["name": "confirm", "value": $0] }
            fields.append(["name": "confirm", "value": "contacts"])
            let contacts = problem.contacts ?? 0
            let sentence =
                "\(form.text("number") ?? "") covers numbers of \(contacts) contacts, who "
                + (ask.isRemoval ? "could be called again at once." : "would not be called any more.")
            return try parts.pages.page(
                "suppressions/confirm", title: ask.isRemoval ? "Take it off the list?" : "Stop all these calls?",
                [
                    "action": ask.action, "sentence": sentence, "fields": fields,
                    "title": ask.isRemoval ? "Take it off the list?" : "Stop all these calls?",
                    "button": ask.isRemoval
                        ? "Let \(contacts) contacts be called again" : "Stop calls to \(contacts) contacts",
                ], status: .conflict, request, context)
        }
    }

    private static func page(_ parts: ServerParts, _ request: Request, _ context: ServeContext) throws -> Response {
        let identity = try context.known()
        let time = ViewerTime(request, context)
        let campaigns = try parts.campaigns(for: identity).filter { $0.state != .archived }
        let ids = Dictionary(uniqueKeysWithValues: campaigns.map { ($0.campaign.name, $0.id.value) })
        let query = request.search.text("q")
        var entries: [SuppressionEntry] = []
        var problem: String?
        do {
            entries = try SuppressionActs.find(
                query, source: nil, limit: shown, parts, context)
        } catch let error as Problem {
            problem = error.detail
        }
        return try parts.pages.page(
            "suppressions/suppressions", title: "Do not call",
            [
                "query": query ?? "", "isSearch": query != nil, "problem": problem,
                "isLimited": identity.visibleCampaigns != nil, "hasEntries": !entries.isEmpty,
                "isCut": entries.count == shown, "shown": shown,
                "campaigns": campaigns.map { ["id": $0.id.value, "name": $0.campaign.name] as [String: Any] },
                "entries": entries.map { entry -> [String: Any] in
                    var row: [String: Any] = [
                        "number": entry.subject.description, "scope": entry.campaign ?? "everywhere",
                        "source": entry.source, "isErased": entry.source == "erased" && entry.campaign == nil,
                        "added": time.element(entry.addedAt),
                        "mayRemove": entry.campaign.map { ids[$0] != nil } ?? (identity.visibleCampaigns == nil),
                    ]
                    if let end = entry.endsAt { row["ends"] = time.element(end) }
                    if let id = entry.campaign.flatMap({ ids[$0] }) { row["campaignId"] = id }
                    return row
                },
                "sources": try SuppressionResource.sources(parts, context).map { source -> [String: Any] in
                    [
                        "name": source.name.isEmpty ? "added one by one" : source.name,
                        "scope": source.campaign ?? "everywhere", "entries": source.entries,
                        "days": source.daysOld, "file": source.file ?? "", "isFile": source.file != nil,
                    ]
                },
                "limit": parts.configuration.uploadLimit, "limitText": "\(parts.configuration.uploadLimit >> 20) MB",
            ], scripts: ["suppressions.js", "confirm.js", "zone.js"],
            status: problem == nil ? .ok : .unprocessableContent, request, context)
    }
}
