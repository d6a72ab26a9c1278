import CallingRules
import CampaignStore
import Campaigns
import Hummingbird
import PhoneNumbers
import Reports
import Supervision

/// Rule packs under `/api/v1/rules`, and the rules of a number.
enum RuleResources {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.schemas.add(PackList.self)
        table.schemas.add(PackView.self)
        table.schemas.add(NumberRulesView.self)
        table.get(
            "/api/v1/rules", .interface(.manager, .campaignsRead), "all rule packs, the company's own included",
            Operation("listRulePacks", tag: "rules", answers: [.init(200, "the packs", schema: "PackList")])
        ) { _, _ in
            let packs = try parts.share.packs(with: parts.store).values.sorted { $0.name < $1.name }
            return Response.json(
                PackList(items: try packs.map { try PackSummary($0, parts.share, at: parts.now()) }))
        }
        table.get(
            "/api/v1/rules/{pack}", .interface(.manager, .campaignsRead),
            "each rule of a pack with its source and date",
            Operation("getRulePack", tag: "rules", answers: [.init(200, "the pack", schema: "PackView")])
        ) { _, context in
            let name = try context.path("pack")
            guard let pack = try parts.share.packs(with: parts.store)[name] else {
                throw Problem.notFound("rule pack “\(name.prefix(64))”")
            }
            return Response.json(
                PackView(
                    pack: try PackSummary(pack, parts.share, at: parts.now()),
                    rules: pack.rules.map { RuleView(pack: pack.name, $0) }))
        }
        table.get(
            "/api/v1/numbers/{number}/rules", .interface(.manager, .campaignsRead),
            "the rules that hold for a number, and when it may be called next",
            Operation(
                "getNumberRules", tag: "rules",
                parameters: [
                    NumberResources.region,
                    .init("pack", "packs to go by, joined by commas; by default the one of the number's region"),
                    .init("purpose", "what the calls are for, such as debt_collection; may stand several times"),
                    .init("at", "ask for another time", details: ["format": "date-time"]),
                ], answers: [.init(200, "the rules", schema: "NumberRulesView")])
        ) { request, context in
            let query = QueryFields(request)
            let now = try query.instant("at") ?? parts.now()
            let reading = try NumberResources.reading(context, region: query.text("region") ?? "US", parts)
            let packs = query.text("pack").map { $0.split(separator: ",").map { String($0.filter { $0 != " " }) } }
            do {
                let found = try NumberRules(
                    reading, packs: packs, purposes: query.all("purpose"),
                    among: try parts.share.packs(with: parts.store), atlas: try parts.share.atlas(),
                    clocks: parts.share.clocks, at: now)
                return Response.json(NumberRulesView(found, at: now))
            } catch let missing as MissingPack {
                throw Problem.invalid(["pack": "\(missing)"])
            } catch let unknown as UnknownPurpose {
                throw Problem.invalid(["purpose": "\(unknown)"])
            }
        }
    }
}
