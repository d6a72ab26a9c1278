import CampaignStore
import Campaigns
import HTTPTypes
import Hummingbird
import NIOCore
import Reports
import Supervision

/// Reports under `/api/v1/reports`, as JSON and as CSV.
enum ReportResources {
    private static let format = Operation.Parameter(
        "format", "json (by default) or csv; an Accept of text/csv asks for csv too",
        details: ["enum": ["json", "csv"]])
    private static let campaign = Operation.Parameter("campaign", "one campaign only, by its name")

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.schemas.add(["type": "array", "items": ["type": "object"]], named: "ReportRows")
        table.schemas.add(["type": "string", "description": "RFC 4180, with a header."], named: "CSV")
        table.get(
            "/api/v1/reports/outcomes", .interface(.manager, .reportsRead), "how calls ended",
            operation(
                "reportOutcomes",
                [.init("by", "the group of a row", details: ["enum": AttemptResources.words(OutcomeGrouping.self)])])
        ) { request, context in
            let query = QueryFields(request)
            let grouping = try query.choice("by", OutcomeGrouping.self) ?? .campaign
            let counts = try campaigns(query, context, parts).map { ids in
                try ids.flatMap { try parts.store.outcomeCounts(by: grouping, campaign: $0) }
            }
            let merged = OutcomeReport.merged(try counts ?? parts.store.outcomeCounts(by: grouping))
            return try respond(OutcomeReport.table(merged, by: grouping), "outcomes", request)
        }
        table.get(
            "/api/v1/reports/inventory", .interface(.manager, .reportsRead),
            "contacts by when they may be called next, and by what they wait for",
            operation(
                "reportInventory", [.init("at", "ask for another time", details: ["format": "date-time"])])
        ) { request, context in
            let query = QueryFields(request)
            let now = try query.instant("at") ?? parts.now()
            let ids = try campaigns(query, context, parts)
            let stored = try parts.store.campaigns().filter {
                $0.state != .archived && (ids?.contains($0.id) ?? true)
            }
            let tables = try stored.map {
                try CampaignInventory(of: $0, in: parts.store, parts.share, at: now).report.table
            }
            let all = Table(columns: InventoryReport.columns, rows: tables.flatMap(\.rows))
            return try respond(all, "inventory", request)
        }
        table.get(
            "/api/v1/reports/attempts", .interface(.manager, .reportsRead),
            "every attempt with its times, outcome and evidence, however many there are",
            operation("reportAttempts", [])
        ) { request, context in
            var filter = AttemptFilter()
            filter.campaigns = try campaigns(QueryFields(request), context, parts)
            return try attempts(filter, parts, request)
        }
    }

    private static func operation(_ id: String, _ parameters: [Operation.Parameter]) -> Operation {
        Operation(
            id, tag: "reports", parameters: parameters + [campaign, format],
            answers: [
                .init(200, "a row each", schema: "ReportRows"),
                .init(200, "a row each", schema: "CSV", mediaType: "text/csv"),
            ])
    }

    /// The campaigns that were asked for and may be seen; nil for all.
    private static func campaigns(
        _ query: QueryFields, _ context: ServeContext, _ parts: ServerParts
    ) throws -> Set<CampaignID>? {
        try query.campaign("campaign", context, parts.store).map { [$0.id] } ?? context.user().campaigns
    }

    private static func isCSV(_ request: Request) throws -> Bool {
        if let asked = try QueryFields(request).choice("format", Format.self) { return asked == .csv }
        return request.headers[.accept]?.contains("text/csv") ?? false
    }

    private enum Format: String, CaseIterable {
        case json, csv
    }

    private static func respond(_ table: Table, _ name: String, _ request: Request) throws -> Response {
        let isCSV = try isCSV(request)
        return Response(
            status: .ok, headers: headers(name, isCSV: isCSV),
            body: .init(byteBuffer: ByteBuffer(string: isCSV ? table.csv : table.json)))
    }

    private static func headers(_ name: String, isCSV: Bool) -> HTTPFields {
        guard isCSV else { return [.contentType: "application/json"] }
        return [
            .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name).csv\"",
        ]
    }

    /// All attempts, read and sent piece by piece, so that a long report needs little memory.
    private static func attempts(_ filter: AttemptFilter, _ parts: ServerParts, _ request: Request) throws -> Response {
        let isCSV = try isCSV(request)
        let report = AttemptReportText(store: parts.store, filter: filter, isCSV: isCSV)
        return Response(
            status: .ok, headers: headers("attempts", isCSV: isCSV),
            body: ResponseBody { writer in
                var report = report
                while let text = try report.next() { try await writer.write(ByteBuffer(string: text)) }
                try await writer.finish(nil)
            })
    }
}
