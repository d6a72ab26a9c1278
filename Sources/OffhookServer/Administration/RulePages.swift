import CallingRules
import CampaignStore
import Campaigns
import Hummingbird
import Supervision

/// Rule packs with their age, and the places that are closed while an emergency is declared.
enum RulePages {
    private static let path = "/administration/rules"

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get(path, .page(.administrator), "the rule packs, and the places that are closed") { request, context in
            try page(parts, request, context)
        }
        table.post("\(path)/close", .page(.administrator), "closes a place to all calls while an emergency is declared")
        {
            request, context in
            do {
                let closure = try await close(parts, context)
                return Response.seeOther(path, saying: "\(closure.sentence).")
            } catch let problem as SupervisionError {
                return try page(parts, request, context, problem: parts.told(problem))
            }
        }
        table.post("\(path)/open", .page(.administrator), "opens a closed place again") { request, context in
            let place = context.form.text("place") ?? ""
            do {
                let person = try context.known().auditName
                try await parts.act("place_opened", context, subject: place) {
                    try parts.store.openPlace(place, by: person, at: parts.now())
                }
                return Response.seeOther(path, saying: "\(place) is open again; its calling rules hold as before.")
            } catch let problem as StoreError {
                return try page(parts, request, context, problem: parts.told(problem))
            }
        }
    }

    private static func close(_ parts: ServerParts, _ context: ServeContext) async throws -> PlaceClosure {
        let now = parts.now()
        let closure = PlaceClosure(
            place: try PlaceText.read(context.form.text("place") ?? "", atlas: parts.share.atlas()),
            until: try PlaceText.lastDay(context.form.text("until") ?? "", at: now),
            source: try PlaceText.source(context.form.text("source") ?? ""),
            closedBy: try context.known().auditName, closedAt: now)
        try await parts.act("place_closed", context, subject: closure.place, detail: closure.detail) {
            try parts.store.closePlace(closure)
        }
        return closure
    }

    private static func page(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, problem: String? = nil
    ) throws -> Response {
        let now = parts.now()
        let time = ViewerTime(request, context)
        let packs = try parts.share.packs(with: parts.store).values.filter { $0.name != "none" }
        let closures = try parts.store.placeClosures(at: now)
        let form = problem == nil ? nil : context.form
        let emergencies = Set(packs.flatMap(\.rules).filter(\.closesInEmergency).flatMap(\.places)).sorted()
        return try AdministrationPages.page(
            "rules", title: "Calling rules",
            [
                "problem": problem,
                "closures": closures.map { closure in
                    [
                        "place": closure.place, "until": closure.until.text, "source": closure.source,
                        "by": closure.closedBy, "at": time.element(closure.closedAt),
                    ] as [String: Any]
                }, "hasClosures": !closures.isEmpty,
                "emergencies": emergencies.joined(separator: ", "), "hasEmergencies": !emergencies.isEmpty,
                "place": form?["place"] ?? "", "until": form?["until"] ?? "", "source": form?["source"] ?? "",
                "packs": packs.sorted { $0.name < $1.name }.map { pack in
                    [
                        "name": pack.name, "version": pack.version,
                        "regions": pack.regions.sorted().joined(separator: ", "), "rules": pack.rules.count,
                        "days": pack.age(at: now).map { Int($0.inSeconds / 86_400) } ?? 0,
                    ] as [String: Any]
                },
            ], isProblem: problem != nil, parts, request, context)
    }
}
