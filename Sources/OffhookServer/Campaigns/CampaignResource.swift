import CampaignStore
import Campaigns
import HTTPTypes
import Hummingbird

/// `/api/v1/campaigns`.
enum CampaignResource {
    private static let ifMatch = Operation.Parameter(
        "If-Match", in: "header", "the ETag of what was read; without it, whatever is there is overwritten")
    private static let read = Access.interface(.manager, .campaignsRead)
    private static let write = Access.interface(.manager, .campaignsWrite)

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        describe(&table.schemas)
        table.get(
            "/api/v1/campaigns", read, "all campaigns",
            Operation("listCampaigns", tag: "campaigns", answers: [.init(200, "by name", schema: "CampaignListView")])
        ) { _, context in
            Response.json(
                CampaignListView(campaigns: try parts.campaigns(for: context.known()).map(CampaignView.init)))
        }
        table.add(
            .post, "/api/v1/campaigns", write, "stores a new campaign",
            Operation(
                "createCampaign", tag: "campaigns", request: "CampaignDraftBody",
                answers: [
                    .init(201, "stored", schema: "CampaignFileView"),
                    .init(409, "there is a campaign of that name", schema: "Problem"),
                    .init(422, "the file has mistakes", schema: "Problem"),
                ])
        ) { request, context in
            let stored = try await CampaignActs.create(try await request.decoded(), parts, context)
            return Response.json(CampaignFileView(stored), status: .created).versioned(stored.version)
        }
        table.add(
            .post, "/api/v1/campaigns/check", write, "checks a campaign's file; nothing is stored",
            Operation(
                "checkCampaign", tag: "campaigns", request: "CampaignDraftBody",
                answers: [.init(200, "what was found", schema: "CampaignCheckView")])
        ) { request, _ in
            let body: CampaignDraftBody = try await request.decoded()
            return Response.json(try await parts.longWork.run { try CampaignChecking.check(body, parts).0 })
        }
        addOne(to: &table, parts)
        addStanding(to: &table, parts)
    }

    private static func describe(_ schemas: inout SchemaCatalog) {
        schemas.add(CampaignView.self)
        schemas.add(CampaignFileView.self)
        schemas.add(CampaignListView.self)
        schemas.add(CampaignDraftBody.self)
        schemas.add(CampaignCheckView.self)
        schemas.add(CampaignStateBody.self)
        schemas.add(CampaignProgressView.self)
        schemas.add(StandstillView.self)
        schemas.add(CampaignHistoryView.self)
    }

    private static func addOne(to table: inout RouteTable, _ parts: ServerParts) {
        table.get(
            "/api/v1/campaigns/{campaign}", read, "a campaign with its file and script",
            Operation(
                "readCampaign", tag: "campaigns",
                answers: [.init(200, "with its version as ETag", schema: "CampaignFileView")])
        ) { _, context in
            let stored = try context.campaignInPath(parts.store)
            return Response.json(CampaignFileView(stored)).versioned(stored.version)
        }
        table.add(
            .put, "/api/v1/campaigns/{campaign}", write, "changes a campaign's file and script",
            Operation(
                "changeCampaign", tag: "campaigns", parameters: [ifMatch], request: "CampaignDraftBody",
                answers: [
                    .init(200, "as it is now", schema: "CampaignFileView"),
                    .init(409, "it is archived", schema: "Problem"),
                    .init(412, "somebody changed it meanwhile", schema: "Problem"),
                    .init(422, "the file has mistakes", schema: "Problem"),
                ])
        ) { request, context in
            let stored = try context.campaignInPath(parts.store)
            let changed = try await CampaignActs.change(
                stored, try await request.decoded(), version: try request.expectedVersion(), parts, context)
            return Response.json(CampaignFileView(changed)).versioned(changed.version)
        }
        table.add(
            .post, "/api/v1/campaigns/{campaign}/state", write, "starts, pauses or archives a campaign",
            Operation(
                "setCampaignState", tag: "campaigns", request: "CampaignStateBody",
                answers: [
                    .init(200, "as it is now", schema: "CampaignView"),
                    .init(409, "it is archived", schema: "Problem"),
                    .init(422, "no such state", schema: "Problem"),
                ])
        ) { request, context in
            let stored = try context.campaignInPath(parts.store)
            let body: CampaignStateBody = try await request.decoded()
            return Response.json(
                CampaignView(try await CampaignActs.setState(stored, to: body.state, parts, context)))
        }
    }

    private static func addStanding(to table: inout RouteTable, _ parts: ServerParts) {
        table.get(
            "/api/v1/campaigns/{campaign}/progress", read, "how far a campaign is",
            Operation(
                "readCampaignProgress", tag: "campaigns",
                answers: [.init(200, "counted a short while ago", schema: "CampaignProgressView")])
        ) { _, context in
            Response.json(try await parts.standing.progress(of: context.campaignInPath(parts.store).id))
        }
        table.get(
            "/api/v1/campaigns/{campaign}/standstill", read, "why a campaign stands still",
            Operation(
                "readCampaignStandstill", tag: "campaigns",
                answers: [.init(200, "looked at a short while ago", schema: "StandstillView")])
        ) { _, context in
            Response.json(try await parts.standing.standstill(of: context.campaignInPath(parts.store)))
        }
        table.get(
            "/api/v1/campaigns/{campaign}/history", read, "what was done to a campaign, and by whom",
            Operation(
                "readCampaignHistory", tag: "campaigns",
                answers: [.init(200, "newest first", schema: "CampaignHistoryView")])
        ) { _, context in
            let acts = try CampaignActs.history(context.campaignInPath(parts.store).id, parts)
            return Response.json(
                CampaignHistoryView(
                    acts: acts.map {
                        CampaignHistoryView.Act(at: $0.at.iso8601, user: $0.user, act: $0.act, detail: $0.detail)
                    }))
        }
    }
}
