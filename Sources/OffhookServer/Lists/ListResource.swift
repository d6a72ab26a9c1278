import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import Hummingbird
import Reports

/// `/api/v1/lists` and `/api/v1/imports`.
enum ListResource {
    private static let read = Access.interface(.manager, .listsRead)
    private static let write = Access.interface(.manager, .listsWrite)
    private static let campaign = Operation.Parameter("campaign_id", "only this campaign's", type: "integer")

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        describe(&table.schemas)
        table.get(
            "/api/v1/lists", read, "lists by campaign, in the order in which they are called",
            Operation(
                "listLists", tag: "lists", parameters: [campaign], answers: [.init(200, "all", schema: "ListsView")])
        ) { request, context in
            let only = try campaign(request, parts, context)
            let identity = try context.known()
            let lists = try await parts.longWork.run { try parts.store.lists(campaign: only) }
            return Response.json(ListsView(lists: lists.filter { identity.maySee($0.campaignID) }.map(ListView.init)))
        }
        table.add(
            .patch, "/api/v1/lists/{list}", write, "pauses a list, resumes it, sets its priority",
            Operation(
                "changeList", tag: "lists",
                parameters: [
                    .init(
                        "If-Match", in: "header",
                        "the etag of the list that was read; without it, whatever is there is overwritten")
                ], request: "ListBody",
                answers: [
                    .init(200, "as it is now", schema: "ListView"), .init(422, "no such priority", schema: "Problem"),
                ])
        ) { request, context in
            let id = try context.number("list")
            let (campaign, name) = try ListActs.list(id, parts, context)
            if request.headers[.ifMatch] != nil {
                let list = try await parts.longWork.run {
                    try parts.store.lists(campaign: campaign).first { $0.id == id }
                }
                guard let list else { throw Problem.notFound("list \(name)") }
                try request.mustMatch(ListView(list).etag)
            }
            try await ListActs.change(id, try await request.decoded(), parts, context)
            guard
                let list = try await parts.longWork.run({
                    try parts.store.lists(campaign: campaign).first { $0.id == id }
                })
            else { throw Problem.notFound("list \(name)") }
            return Response.json(ListView(list))
        }
        addImports(to: &table, parts)
    }

    private static func describe(_ schemas: inout SchemaCatalog) {
        schemas.add(ImportView.self)
        schemas.add(ImportListView.self)
        schemas.add(UndoneView.self)
        schemas.add(ListView.self)
        schemas.add(ListsView.self)
        schemas.add(ListBody.self)
    }

    private static func addImports(to table: inout RouteTable, _ parts: ServerParts) {
        table.get(
            "/api/v1/imports", read, "recorded imports, newest first",
            Operation(
                "listImports", tag: "imports", parameters: [campaign],
                answers: [.init(200, "the newest 500", schema: "ImportListView")])
        ) { request, context in
            let only = try campaign(request, parts, context)
            let imports = try ListActs.imports(parts, context).filter { only == nil || $0.campaignID == only }
            return Response.json(ImportListView(imports: imports.map(ImportView.init)))
        }
        table.get(
            "/api/v1/imports/{import}", read, "a recorded import",
            Operation("readImport", tag: "imports", answers: [.init(200, "as recorded", schema: "ImportView")])
        ) { _, context in
            Response.json(ImportView(try ListActs.storedImport(parts, context)))
        }
        table.get(
            "/api/v1/imports/{import}/quarantine", read, "the rows of an import that are no contacts",
            Operation(
                "readQuarantine", tag: "imports",
                answers: [.init(200, "row, line, reason, and the row as it was", schema: "CSV", mediaType: "text/csv")])
        ) { _, context in
            let stored = try ListActs.storedImport(parts, context)
            let rows = try await parts.longWork.run { try parts.store.quarantinedRows(ofImport: stored.id) }
            let text = rows.reduce(into: Table.csvLine(["row", "line", "reason", "raw"].map(Cell.text))) { text, row in
                text += Table.csvLine([Cell(row.row), Cell(row.line), .text(row.reason), .text(row.raw)])
            }
            return Response.download(Data(text.utf8), name: "quarantine of import \(stored.id).csv")
        }
        table.add(
            .post, "/api/v1/imports/{import}/undo", write, "takes an import back, as long as nobody of it was called",
            Operation(
                "undoImport", tag: "imports",
                parameters: [
                    .init(
                        "with_do_not_call",
                        "true: its do-not-call entries go, too; without it, people who want no calls stay on the list"),
                    .init(
                        "only_do_not_call",
                        "true: its do-not-call entries go, and nothing else, also where contacts were called"),
                ],
                answers: [
                    .init(200, "its contacts are gone", schema: "UndoneView"),
                    .init(409, "contacts were called, or it is no import that is done", schema: "Problem"),
                ])
        ) { request, context in
            if request.uri.queryParameters["only_do_not_call"] == "true" {
                let taken = try await ListActs.takeBackWishes(parts, context)
                return Response.json(UndoneView(contacts: 0, doNotCall: taken))
            }
            let undone = try await ListActs.undo(
                withDoNotCall: request.uri.queryParameters["with_do_not_call"] == "true", parts, context)
            return Response.json(UndoneView(contacts: undone.contacts, doNotCall: undone.doNotCall))
        }
    }

    private static func campaign(_ request: Request, _ parts: ServerParts, _ context: ServeContext) throws
        -> CampaignID?
    {
        guard let text = request.uri.queryParameters["campaign_id"], !text.isEmpty else { return nil }
        guard let number = Int64(text) else {
            throw Problem(.badRequest, "campaign_id is the number of a campaign.", code: "campaign_id")
        }
        return try parts.campaign(CampaignID(number), for: context.known()).id
    }
}
