import CampaignStore
import Campaigns
import Hummingbird
import PhoneNumbers
import Reports
import Supervision

/// What is known of a number, under `/api/v1/numbers/{number}`.
enum NumberResources {
    static let region = Operation.Parameter(
        "region", "how to read a national number, ISO 3166-1; US by default", details: ["pattern": "^[A-Za-z]{2}$"],
        example: "US")

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.schemas.add(
            NumberView.self,
            details: ["number": ["examples": ["+12125550301"]], "zones": ["examples": [["America/New_York"]]]])
        table.get(
            "/api/v1/numbers/{number}", .interface(.manager, .contactsRead),
            "all that is known of a number: kind, place, zones, do-not-call entries, who holds it",
            Operation(
                "getNumber", tag: "numbers", parameters: [region],
                answers: [.init(200, "what is known", schema: "NumberView")])
        ) { request, context in
            let query = QueryFields(request)
            let region = query.text("region") ?? "US"
            let reading = try reading(context, region: region, parts)
            let facts = try NumberFacts(
                reading, region: region.uppercased(), atlas: try parts.share.atlas(), store: parts.store,
                at: parts.now())
            let seen = try Seen(context, parts)
            return Response.json(
                NumberView(
                    facts, suppressions: facts.suppressions.filter { $0.campaign.map(seen.isVisible) ?? true },
                    contacts: try parts.store.contacts(holding: reading.number, at: parts.now())
                        .filter { seen.isVisible($0.campaign) }))
        }
    }

    /// The number in the path.
    ///
    /// - Throws: ``Problem`` 422 where it is none.
    static func reading(_ context: ServeContext, region: String, _ parts: ServerParts) throws -> NumberReading {
        let text = try context.path("number")
        switch try parts.share.numberReader().read(text, region: region.uppercased()) {
        case .success(let reading): return reading
        case .failure(let problem): throw Problem.invalid(["number": "“\(text.prefix(64))”: \(problem)"])
        }
    }
}

/// The names of the campaigns that an identity may see.
struct Seen {
    private let names: Set<String>?

    init(_ context: ServeContext, _ parts: ServerParts) throws {
        let campaigns = try context.user().campaigns
        names = try campaigns.map { ids in
            Set(try parts.store.campaigns().filter { ids.contains($0.id) }.map(\.campaign.name))
        }
    }

    func isVisible(_ campaign: String) -> Bool { names?.contains(campaign) ?? true }
}
