import CallingRules
import CampaignStore
import Campaigns
import Foundation
import Hummingbird
import NIOCore
import Reports

/// The audit log: who did what, when, from where.
enum AuditPages {
    static let pageLength = 100
    /// How many entries the CSV reads at once.
    static let batch = 1000

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/administration/audit", .page(.administrator), "the audit log, by user, act and date") {
            request, context in
            try page(parts, request, context)
        }
        table.get("/administration/audit.csv", .page(.administrator), "the same as a CSV file") { request, context in
            csv(try filter(request, context), parts)
        }
    }

    private static func filter(_ request: Request, _ context: ServeContext) throws -> AuditFilter {
        let clock = ViewerTime(request, context).clock
        let query = { (name: Substring) in
            request.uri.queryParameters[name].map(String.init).flatMap { $0.isEmpty ? nil : $0 }
        }
        return AuditFilter(
            user: query("user"), act: query("act"), from: try day(query("from"), after: 0, on: clock),
            until: try day(query("to"), after: 1, on: clock))
    }

    /// The beginning of a day, or of a day after it, in the viewer's zone.
    private static func day(_ text: String?, after days: Int64, on clock: ZoneClock) throws -> Instant? {
        guard let text else { return nil }
        guard let date = CivilDate(text), (1970...9999).contains(date.year) else {
            throw Problem.invalid(["from": "A date is written as 2026-11-24."])
        }
        return clock.instant(day: date.daysSince1970 + days, minute: 0)
    }

    private static func page(_ parts: ServerParts, _ request: Request, _ context: ServeContext) throws -> Response {
        let filter = try filter(request, context)
        let before = request.uri.queryParameters["before"].flatMap { Int64($0) }
        let time = ViewerTime(request, context)
        let entries = try parts.store.auditLog(filter, before: before, limit: pageLength + 1)
        let shown = entries.prefix(pageLength)
        let value = { (name: Substring) in request.uri.queryParameters[name].map(String.init) ?? "" }
        let query = ["user", "act", "from", "to"].map { "\($0)=\(encoded(value(Substring($0))))" }
            .joined(separator: "&")
        let users = try parts.store.users().map(\.name)
        return try AdministrationPages.page(
            "audit", title: "Audit log",
            [
                "entries": shown.map { entry in
                    [
                        "at": time.element(entry.at), "user": entry.user ?? "nobody", "address": entry.address,
                        "act": entry.act.replacing("_", with: " "), "subject": entry.subject ?? "",
                        "detail": entry.detail ?? "",
                    ] as [String: Any]
                }, "hasEntries": !shown.isEmpty,
                "next": entries.count > pageLength ? "?\(query)&before=\(shown.last?.id ?? 0)" : nil,
                "csv": "/administration/audit.csv?\(query)",
                "users": users.map { ["name": $0, "isChosen": $0 == filter.user] as [String: Any] },
                "acts": try parts.store.auditActs().map { act in
                    ["value": act, "label": act.replacing("_", with: " "), "isChosen": act == filter.act]
                        as [String: Any]
                }, "from": value("from"), "to": value("to"), "zone": time.clock.name,
            ], parts, request, context)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// Streamed batch by batch: a log of years is no reason to hold it in memory.
    private static func csv(_ filter: AuditFilter, _ parts: ServerParts) -> Response {
        let store = parts.store
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"audit.csv\"",
            ],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "id,at,user,address,act,subject,detail\r\n"))
                var before: Int64?
                while true {
                    let entries = try await parts.longWork.run { [before] in
                        try store.auditLog(filter, before: before, limit: batch)
                    }
                    let lines = entries.map { entry in
                        Table.csvLine([
                            .integer(entry.id), .text(entry.at.iso8601), Cell(entry.user), .text(entry.address),
                            .text(entry.act), Cell(entry.subject), Cell(entry.detail),
                        ])
                    }
                    if !lines.isEmpty { try await writer.write(ByteBuffer(string: lines.joined())) }
                    guard entries.count == batch else { break }
                    before = entries.last?.id
                }
                try await writer.finish(nil)
            })
    }
}
