import CampaignStore
import Campaigns
import Eligibility
import Hummingbird
import Reports
import RetryPolicy
import Supervision

/// Attempts under `/api/v1/attempts`.
enum AttemptResources {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        describe(&table.schemas)
        table.get(
            "/api/v1/attempts", .interface(.manager, .callsRead), "attempts, the latest first",
            Operation(
                "listAttempts", tag: "attempts", parameters: Paging.parameters + filters,
                answers: [.init(200, "attempts", schema: "AttemptList")])
        ) { request, context in
            let query = QueryFields(request)
            let limit = try Paging.limit(query)
            let (filter, before) = (try filter(query, context, parts), try Paging.cursor(query).map(AttemptID.init))
            let rows = try await parts.longWork.run {
                try parts.store.attempts(filter, before: before, limit: limit)
            }
            return Response.json(
                AttemptList(
                    items: rows.map(AttemptView.init), next: Paging.next(rows.count, limit, last: rows.last?.attempt)))
        }
        table.get(
            "/api/v1/attempts/{attempt}", .interface(.manager, .callsRead), "one attempt with all that was seen of it",
            Operation("getAttempt", tag: "attempts", answers: [.init(200, "the attempt", schema: "AttemptView")])
        ) { _, context in
            Response.tagged(AttemptView(try attempt(context, parts)))
        }
        table.add(
            .patch, "/api/v1/attempts/{attempt}", .interface(.manager, .callsWrite),
            "says, or changes, what came of a call that is over",
            Operation(
                "changeAttempt", tag: "attempts", parameters: [.ifMatch], request: "AttemptChange",
                answers: [.init(200, "the attempt, and what follows", schema: "ChangedAttempt")])
        ) { request, context in
            try await change(parts, request, context)
        }
    }

    private static let filters: [Operation.Parameter] = [
        .init("campaign", "the campaign's name"),
        .init("contact", "the contact's number", type: "integer", details: ["format": "int64"]),
        .init("number", "a phone number; a plus is written %2B", example: "+12125550301"),
        .init("station", "the station's name"), .init("agent", "the agent's name"),
        .init("outcome", "how it ended", details: ["enum": words(Outcome.self)]),
        .init("disposition", "the code of what the agent said"),
        .init("since", "intended at this time or later", details: ["format": "date-time"]),
        .init("until", "intended before this time", details: ["format": "date-time"]),
        .init("is_settled", "whether it is over", type: "boolean"),
    ]

    static func words<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> JSONValue
    where Choice.RawValue == String {
        .array(Choice.allCases.map { .string($0.rawValue) })
    }

    private static func describe(_ schemas: inout SchemaCatalog) {
        schemas.add(
            AttemptView.self,
            details: [
                "kind": ["enum": ["campaign", "preview", "manual", "callback"]],
                "phase": ["enum": ["intended", "calling", "connected", "wrap_up", "settled"]],
                "outcome": ["enum": words(Outcome.self)],
                "disposition_class": ["enum": words(DispositionClass.self)],
                "number": ["examples": ["+12125550301"]],
                "evidence": ["description": "What was seen of the call, in one line."],
                "follow_up": ["description": "What follows for the contact, a sentence."],
            ])
        schemas.add(AttemptList.self, details: ["next": ["description": "The cursor of the next piece, if any."]])
        schemas.add(
            AttemptChange.self,
            details: [
                "disposition": ["description": "The code of one of the campaign's dispositions.", "maxLength": 100],
                "note": ["maxLength": 2000],
                "callback": ["description": "On the contact's clock (2026-11-25 15:30), or an instant of ISO 8601."],
            ], example: ["disposition": "SALE", "note": "two seats"])
        schemas.add(ChangedAttempt.self)
    }

    /// The filter of an address, within what the identity may see.
    static func filter(_ query: QueryFields, _ context: ServeContext, _ parts: ServerParts) throws -> AttemptFilter {
        var filter = AttemptFilter()
        filter.campaigns = context.identity?.user.campaigns
        if let campaign = try query.campaign("campaign", context, parts.store) { filter.campaigns = [campaign.id] }
        filter.contact = try query.integer("contact", in: 1...Int64.max).map(ContactID.init)
        filter.number = try query.number("number")
        filter.station = query.text("station")
        filter.agent = query.text("agent")
        filter.outcome = try query.choice("outcome", Outcome.self)
        filter.disposition = query.text("disposition")
        filter.since = try query.instant("since")
        filter.until = try query.instant("until")
        filter.isSettled = try query.choice("is_settled", YesOrNo.self).map { $0 == .yes }
        return filter
    }

    private static func attempt(_ context: ServeContext, _ parts: ServerParts) throws -> AttemptRow {
        let id = try context.number("attempt")
        let row = try parts.store.attempt(AttemptID(id))
        guard context.identity?.maySee(row.campaignID) ?? false else {
            throw StoreError.notFound(what: "attempt", name: String(id), hint: "")
        }
        return row
    }

    private static func change(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let row = try attempt(context, parts)
        try request.mustMatch(EntityTag.of(AttemptView(row)))
        let change = try await request.decoded(AttemptChange.self)
        guard let name = row.campaign else {
            throw StoreError.refused("A call by hand, without a campaign, has no disposition.")
        }
        let stored = try parts.store.campaign(named: name)
        let disposition = try stored.campaign.disposition(coded: change.disposition)
        guard (change.note ?? "").count <= 2000 else {
            throw Problem.invalid(["note": "A note has at most 2000 characters."])
        }
        var callback: CallbackTime?
        if let text = change.callback {
            guard let time = CallbackTime(text) else {
                throw Problem.invalid([
                    "callback":
                        "“callback” is a time on the contact's clock such as “2026-11-25 15:30”, or an instant such as 2026-11-25T20:30:00Z."
                ])
            }
            callback = time
        }
        try disposition.check(callback)
        let rules = try CampaignRules.of(stored, in: parts.store, parts.share)
        let id = AttemptID(row.attempt)
        let agreed = try callback?.settled(in: try parts.store.area(ofAttempt: id), rules.clock(named:))
        let changed = try await parts.act("disposition_changed", context, subject: "attempt \(id.value)") {
            try parts.store.changeDisposition(
                of: id, to: disposition, callback: agreed, note: change.note,
                ifStill: SaidOfAttempt(disposition: row.disposition, note: row.note), by: try context.user().name,
                rules: rules, at: parts.now())
        }
        let view = AttemptView(try parts.store.attempt(id))
        let (isAnew, sentence) =
            switch changed {
            case .decidedAnew(let decision): (true, decision.reason.text)
            case .onlyNoted(let why): (false, why)
            }
        var response = Response.json(ChangedAttempt(attempt: view, isDecidedAnew: isAnew, sentence: sentence))
        response.headers[.eTag] = EntityTag.of(view)
        return response
    }
}

/// How a boolean is written in an address.
enum YesOrNo: String, CaseIterable {
    case yes = "true"
    case no = "false"
}
