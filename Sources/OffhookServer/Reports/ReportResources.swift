import CampaignStore
import HTTPTypes
import Hummingbird
import NIOCore
import Reports

/// Reports under `/api/v1/reports`, as JSON and as CSV.
enum ReportResources {
    private enum Format: String, CaseIterable {
        case json, csv
    }

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.schemas.add(["type": "array", "items": ["type": "object"]], named: "ReportRows")
        table.schemas.add(["type": "string", "description": "RFC 4180, with a header."], named: "CSV")
        for entry in ReportEntry.all {
            let name = entry.name.rawValue
            table.get(
                "/api/v1/reports/\(name)", .interface(entry.role, entry.scope), entry.question, operation(entry)
            ) { request, context in
                let isCSV = try isCSV(request)
                let asking = try await ReportAsking(
                    entry, usualPeriod: usualPeriod(of: entry), parts, request, context)
                if entry.name == .attempts { return attempts(asking.attemptFilter, isCSV: isCSV, parts) }
                let section = QueryFields(request).text("section")
                let chosen = try Self.section(section, of: try await asking.answer())
                return Response(
                    status: .ok, headers: headers(section.map { "\(name)-\($0)" } ?? name, isCSV: isCSV),
                    body: .init(byteBuffer: ByteBuffer(string: isCSV ? chosen.table.csv : chosen.table.json)))
            }
        }
    }

    /// Those that programs asked for without a time before there were times give all, as they did.
    private static func usualPeriod(of entry: ReportEntry) -> String {
        [.outcomes, .attempts].contains(entry.name) ? "all" : entry.usualPeriod
    }

    /// The main section, or the one that is asked for.
    ///
    /// - Throws: ``Problem`` 422, with the sections that there are.
    private static func section(_ id: String?, of report: Report) throws -> ReportSection {
        let found = id.map { id in report.sections.first { $0.id == id } } ?? report.sections.first
        guard let found else {
            let ids = report.sections.map(\.id).joined(separator: ", ")
            throw Problem.invalid(["section": "“section” is one of \(ids)."])
        }
        return found
    }

    private static func isCSV(_ request: Request) throws -> Bool {
        if let asked = try QueryFields(request).choice("format", Format.self) { return asked == .csv }
        return request.headers[.accept]?.contains("text/csv") ?? false
    }

    private static func headers(_ name: String, isCSV: Bool) -> HTTPFields {
        guard isCSV else { return [.contentType: "application/json"] }
        return [
            .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"\(name).csv\"",
        ]
    }

    /// All attempts, read and sent piece by piece, so that a long report needs little memory.
    private static func attempts(_ filter: AttemptFilter, isCSV: Bool, _ parts: ServerParts) -> Response {
        let report = AttemptReportText(store: parts.store, filter: filter, isCSV: isCSV)
        return Response(
            status: .ok, headers: headers("attempts", isCSV: isCSV),
            body: ResponseBody { writer in
                var report = report
                while true {
                    let (text, next) = try await parts.longWork.run { [report] in
                        var report = report
                        let text = try report.next()
                        return (text, report)
                    }
                    guard let text else { break }
                    report = next
                    try await writer.write(ByteBuffer(string: text))
                }
                try await writer.finish(nil)
            })
    }
}

extension ReportResources {
    private static func operation(_ entry: ReportEntry) -> Operation {
        let name = entry.name.rawValue
        var parameters = ReportOption.allCases.filter(entry.name.options.contains).map { parameter($0, of: entry) }
        parameters.append(
            .init(
                "zone", "on whose clock days begin and times are shown; by default the user's, else the server's",
                example: "America/New_York"))
        if entry.name != .attempts {
            parameters.append(.init("section", "another of its tables than the main one, by its word"))
        }
        parameters.append(
            .init(
                "format", "json (by default) or csv; an Accept of text/csv asks for csv too",
                details: ["enum": ["json", "csv"]]))
        return Operation(
            "report" + name.prefix(1).uppercased() + name.dropFirst(), tag: "reports", parameters: parameters,
            answers: [
                .init(200, "a row each", schema: "ReportRows"),
                .init(200, "a row each", schema: "CSV", mediaType: "text/csv"),
            ])
    }

    private static func parameter(_ option: ReportOption, of entry: ReportEntry) -> Operation.Parameter {
        switch option {
        case .since:
            .init(
                "since",
                "where it begins: a word (\(ReportPeriod.words.joined(separator: ", "))), a number of days such as 7d, a date, or a local time at a full quarter hour; by default \(usualPeriod(of: entry))",
                example: "2026-11-01")
        case .until:
            .init("until", "where it ends: a date, which counts to its end, or a local time at a full quarter hour")
        case .campaign:
            .init("campaign", "one campaign only, by its name", isRequired: entry.name == .closing)
        case .list: .init("list", "one list only, by its number or its name")
        case .agent: .init("agent", "one agent only, by name")
        case .station: .init("station", "one station only, by name")
        case .by:
            .init("by", "the group of a row", details: ["enum": AttemptResources.words(ReportGrouping.self)])
        case .place: .init("place", "only contacts of a region or jurisdiction", example: "US-TX")
        case .at: .init("at", "ask for another time", details: ["format": "date-time"])
        case .compare:
            .init(
                "compare", "whether each row is set beside that of the period before", type: "boolean")
        }
    }
}
