import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import Hummingbird
import ListImport

/// Lists and imports.
enum ListPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/lists", .page(.manager), "lists of campaigns, and what was imported") { request, context in
            try await lists(parts, request, context)
        }
        table.get("/lists/import", .page(.manager), "brings a file in as a list") { request, context in
            let campaigns = try parts.campaigns(for: context.known()).filter { $0.state != .archived }
            let chosen = request.search.text("campaign")
            return try parts.pages.page(
                "lists/import", title: "Import a list",
                [
                    "hasCampaigns": !campaigns.isEmpty, "isLimited": try context.known().visibleCampaigns != nil,
                    "campaigns": campaigns.map { stored -> [String: Any] in
                        [
                            "id": stored.id.value, "name": stored.campaign.name,
                            "isChosen": chosen == "\(stored.id.value)",
                        ]
                    },
                    "fields": ListField.spellings.joined(separator: " "),
                    "limit": parts.configuration.uploadLimit,
                    "limitText": "\(parts.configuration.uploadLimit >> 20) MB",
                ], scripts: ["import.js", "zone.js"], request, context)
        }
        table.post("/lists/{list}", .page(.manager), "pauses a list, resumes it, sets its priority") { _, context in
            let priority = context.form.text("priority")
            guard priority == nil || Int(priority ?? "") != nil else {
                throw Problem.invalid(["priority": "A priority is a whole number from -1000 to 1000."])
            }
            let paused = context.form.text("paused").map { $0 == "yes" }
            let id = try context.number("list")
            let name = try ListActs.list(id, parts, context).name
            try await ListActs.change(
                id, ListBody(isPaused: paused, priority: priority.flatMap { Int($0) }), parts, context)
            let word = paused.map { $0 ? "is paused; running calls go on" : "is called again" }
            return Response.seeOther("/lists", saying: "\(name) \(word ?? "has priority \(priority ?? "")").")
        }
        table.get("/imports/{import}", .page(.manager), "one import, and the rows that it quarantined") {
            request, context in
            try await importPage(parts, request, context)
        }
        table.post("/imports/{import}/undo", .page(.manager), "takes an import back") { _, context in
            let undone = try await ListActs.undo(
                withDoNotCall: context.form.text("with_do_not_call") != nil, parts, context)
            return Response.seeOther(
                "/lists",
                saying:
                    "The import is undone: \(undone.contacts == 1 ? "1 contact is" : "\(undone.contacts) contacts are") gone. Rows it updated keep their new fields."
                    + (context.form.text("with_do_not_call") != nil
                        ? " Do-not-call entries that were taken back: \(undone.doNotCall)." : ""))
        }
        table.post("/imports/{import}/undo-do-not-call", .page(.manager), "takes an import's do-not-call entries back")
        {
            _, context in
            let taken = try await ListActs.takeBackWishes(parts, context)
            return Response.seeOther(
                "/imports/\(try context.number("import"))",
                saying: "Do-not-call entries that were taken back: \(taken).")
        }
    }

    private static func lists(_ parts: ServerParts, _ request: Request, _ context: ServeContext) async throws
        -> Response
    {
        let identity = try context.known()
        let time = ViewerTime(request, context)
        let lists = try await parts.longWork.run { try parts.store.lists() }.filter { identity.maySee($0.campaignID) }
        let imports = try ListActs.imports(parts, context)
        return try parts.pages.page(
            "lists/lists", title: "Lists",
            [
                "hasLists": !lists.isEmpty,
                "lists": lists.map { list -> [String: Any] in
                    [
                        "id": list.id, "campaignId": list.campaignID.value, "campaign": list.campaign,
                        "name": list.name, "isPaused": list.state == "paused", "priority": list.priority,
                        "contacts": list.contacts, "remaining": list.remaining, "created": time.element(list.createdAt),
                    ]
                },
                "hasImports": !imports.isEmpty, "imports": imports.map { row($0, time) },
            ], scripts: ["confirm.js", "zone.js"], request, context)
    }

    private static func row(_ stored: StoredImport, _ time: ViewerTime) -> [String: Any] {
        let look = ["done": "good", "failed": "bad", "interrupted": "bad", "undone": ""]
        return [
            "id": stored.id, "state": stored.state, "look": look[stored.state] ?? "warn", "at": time.element(stored.at),
            "campaign": stored.campaign, "list": stored.list, "file": stored.file, "read": stored.counts.read,
            "imported": stored.counts.imported, "updated": stored.counts.updated,
            "duplicates": stored.counts.duplicates, "quarantined": stored.counts.quarantined,
            "suppressed": stored.counts.suppressed, "doNotCall": stored.counts.doNotCall,
            "hasWishes": stored.counts.doNotCall > 0, "unclear": stored.counts.doNotCallUnclear,
            "hasUnclear": stored.counts.doNotCallUnclear > 0, "entries": stored.counts.doNotCallEntries,
            "hasEntries": stored.counts.doNotCallEntries > 0, "letThrough": stored.counts.letThrough,
            "hasLetThrough": stored.counts.letThrough > 0, "isDone": stored.state == "done",
        ]
    }

    /// Quarantined rows that a page shows; the file has all.
    private static let shownRows = 100

    private static func importPage(_ parts: ServerParts, _ request: Request, _ context: ServeContext) async throws
        -> Response
    {
        let stored = try ListActs.storedImport(parts, context)
        let rows = try await parts.longWork.run { try parts.store.quarantinedRows(ofImport: stored.id) }
        return try parts.pages.page(
            "lists/import-record", title: "Import \(stored.id)",
            [
                "import": row(stored, ViewerTime(request, context)), "options": stored.options, "sha256": stored.sha256,
                "hasRows": !rows.isEmpty, "isCut": rows.count > shownRows, "shown": shownRows,
                "rows": rows.prefix(shownRows).map { row -> [String: Any] in
                    ["line": row.line, "reason": row.reason, "raw": row.raw]
                },
            ], scripts: ["confirm.js", "zone.js"], request, context)
    }
}
