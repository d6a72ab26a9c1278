import CampaignStore
import Campaigns
import HTTPTypes
import Hummingbird

/// `/api/v1/suppressions` and `/api/v1/suppression-sources`.
enum SuppressionResource {
    private static let read = Access.interface(.manager, .suppressionsRead)
    private static let write = Access.interface(.manager, .suppressionsWrite)
    /// Entries that one answer holds.
    static let most = 1000

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        describe(&table.schemas)
        table.get(
            "/api/v1/suppressions", read, "entries of the do-not-call list, prefixes first",
            Operation(
                "listSuppressions", tag: "suppressions",
                parameters: [
                    .init("number", "a number, or the digits that it begins with"),
                    .init("source", "only this source's"),
                    .init("limit", "1 to 1000; 100 where it is left out", type: "integer"),
                ],
                answers: [
                    .init(200, "by number", schema: "SuppressionListView"),
                    .init(422, "no number", schema: "Problem"),
                ])
        ) { request, context in
            let query = request.uri.queryParameters
            let limit = query["limit"].flatMap { Int($0) } ?? 100
            guard (1...most).contains(limit) else {
                throw Problem.invalid(["limit": "A limit is a whole number from 1 to \(most)."])
            }
            let entries = try SuppressionActs.find(
                query["number"].map(String.init), source: query["source"].map(String.init), limit: limit, parts, context
            )
            return Response.json(SuppressionListView(entries: entries.map(SuppressionView.init)))
        }
        table.add(
            .post, "/api/v1/suppressions", write, "puts a number or a prefix on the do-not-call list",
            Operation(
                "addSuppression", tag: "suppressions", request: "SuppressionBody",
                answers: [
                    .init(200, "it holds from now on", schema: "SuppressionAddedView"),
                    .init(
                        409,
                        "it touches more than 100 contacts, and `confirm` does not say that this is meant: code `many_contacts`, with their number as `contacts`",
                        schema: "Problem"),
                    .init(422, "no number", schema: "Problem"),
                ])
        ) { request, context in
            let (subject, added, contacts) = try await SuppressionActs.add(
                try await request.decoded(), parts, context)
            return Response.json(
                SuppressionAddedView(number: subject.description, isNew: added > 0, contacts: contacts))
        }
        table.add(
            .delete, "/api/v1/suppressions", write, "takes a number or a prefix off the do-not-call list of one scope",
            Operation(
                "removeSuppression", tag: "suppressions",
                parameters: [
                    .init("number", "the number, or the prefix with its star", isRequired: true),
                    .init("campaign_id", "of the entry; left out for everywhere", type: "integer"),
                    .init("region", "in which a national number is read"),
                    .init(
                        "confirm",
                        "`erased` to remove the entry of an erased person, whom a list may then bring back; `contacts` where more than 100 contacts may be called again; both with a comma between; 409 without it"
                    ),
                ],
                answers: [
                    .init(204, "it is off"),
                    .init(
                        409,
                        "its holder was erased, or more than 100 contacts could be called again (code `many_contacts`, with their number as `contacts`), and nobody confirmed it",
                        schema: "Problem"),
                    .init(422, "no number", schema: "Problem"),
                ])
        ) { request, context in
            let query = request.uri.queryParameters
            let campaign = query["campaign_id"].map(String.init)
            guard campaign == nil || Int64(campaign ?? "") != nil else {
                throw Problem.invalid(["campaign_id": "campaign_id is the number of a campaign."])
            }
            _ = try await SuppressionActs.remove(
                query["number"].map(String.init), region: query["region"].map(String.init),
                campaign: campaign.flatMap { Int64($0) }, confirmed: query["confirm"].map(String.init), parts, context)
            return Response(status: .noContent)
        }
        table.get(
            "/api/v1/suppression-sources", read, "where entries come from, and how old they are",
            Operation(
                "listSuppressionSources", tag: "suppressions",
                answers: [.init(200, "all", schema: "SuppressionSourcesView")])
        ) { _, context in
            Response.json(SuppressionSourcesView(sources: try sources(parts, context)))
        }
    }

    private static func describe(_ schemas: inout SchemaCatalog) {
        schemas.add(SuppressionBody.self)
        schemas.add(SuppressionListView.self)
        schemas.add(SuppressionAddedView.self)
        schemas.add(SuppressionSourcesView.self)
    }

    /// The sources that may be seen.
    static func sources(_ parts: ServerParts, _ context: ServeContext) throws -> [SuppressionSourceView] {
        let identity = try context.known()
        let names = Set(try parts.campaigns(for: identity).map(\.campaign.name))
        return try parts.store.suppressionSources().filter {
            identity.visibleCampaigns == nil || ($0.campaign.map(names.contains) ?? true)
        }.map { SuppressionSourceView($0, at: parts.now()) }
    }
}
