import PhoneNumbers
import CampaignStore
import Campaigns
import HTTPTypes
import Hummingbird
import Reports

/// Contacts: search, and one with its whole story.
enum ContactPages {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get("/contacts", .page(.manager), "looks for contacts") { request, context in
            try await search(parts, request, context)
        }
        table.get("/contacts/{contact}", .page(.manager), "a contact, its story, and why it is or is not called") {
            request, context in
            try await page(try ContactActs.contact(parts, context), parts, request, context)
        }
        table.post("/contacts/{contact}", .page(.manager), "changes a contact's name and fields") { _, context in
            let contact = try ContactActs.contact(parts, context)
            let form = context.form
            let (names, values) = (form.all("field_name"), form.all("field_value"))
            let fields = names.indices.map { index in
                (name: names[index], value: index < values.count ? values[index] : "")
            }.filter { !$0.name.trimmed.isEmpty }
            _ = try await ContactActs.edit(
                contact, name: form["name"] ?? "", externalID: form["external_id"] ?? "", fields: fields,
                version: form.text("version").flatMap { Int64($0) }, parts, context)
            return Response.seeOther(path(contact), saying: "The contact is changed.")
        }
        table.post("/contacts/{contact}/callback", .page(.manager), "agrees a callback") { request, context in
            let contact = try ContactActs.contact(parts, context)
            let body = CallbackBody(
                at: context.form.text("at") ?? "", agent: context.form.text("agent"),
                timeZone: context.form.text("time_zone"))
            let agreed = try await ContactActs.callBack(contact, body, parts, context)
            let time = ViewerTime(request, context)
            let due = Instant(iso8601: agreed.dueAt).map(time.full) ?? agreed.dueAt
            let hours =
                agreed.hoursOpenAt == agreed.dueAt
                ? "The calling hours are open then."
                : agreed.hoursOpenAt.flatMap(Instant.init(iso8601:)).map {
                    "The calling hours are closed then and open \(time.full($0))."
                } ?? "The calling hours are never open for it."
            return Response.seeOther(path(contact), saying: "A callback is agreed for \(due). \(hours)")
        }
        table.post("/contacts/{contact}/reopen", .page(.manager), "brings a finished contact back") { _, context in
            let contact = try ContactActs.contact(parts, context)
            try await ContactActs.reopen(contact, parts, context)
            return Response.seeOther(
                path(contact), saying: "The contact is called again as soon as the rules allow it.")
        }
        table.post("/contacts/{contact}/do-not-call", .page(.manager), "puts a contact on the do-not-call list") {
            _, context in
            let contact = try ContactActs.contact(parts, context)
            _ = try await ContactActs.doNotCall(contact, parts, context)
            return Response.seeOther(path(contact), saying: "All numbers of the contact are on the do-not-call list.")
        }
    }

    /// The zones that a callback's time can be on; empty where there is no choice.
    private static func zones(of contact: StoredContact) -> [String] {
        let zones = (contact.numbers.first(where: \.isNext) ?? contact.numbers.first)?.area.zones ?? []
        return zones.count > 1 ? zones : []
    }

    private static func path(_ contact: StoredContact) -> String { "/contacts/\(contact.id.value)" }

    static func look(_ state: ContactState) -> String {
        switch state {
        case .ready, .reserved, .inAttempt: "good"
        case .waitingRetry, .callback: "warn"
        case .suppressed: "bad"
        case .done, .exhausted: ""
        }
    }

    private static func search(_ parts: ServerParts, _ request: Request, _ context: ServeContext) async throws
        -> Response
    {
        let query = request.search
        let text = query.text("q") ?? ""
        let campaign = query.text("campaign_id").flatMap { Int64($0) }
        let campaigns = try parts.campaigns(for: context.known())
        let region = campaigns.first { $0.id.value == campaign }?.campaign.region ?? "US"
        var model: PageModel = [
            "q": text, "isSearch": !text.isEmpty,
            "campaigns": campaigns.map { stored -> [String: Any] in
                ["id": stored.id.value, "name": stored.campaign.name, "isChosen": stored.id.value == campaign]
            },
        ]
        var status = HTTPResponse.Status.ok
        if !text.isEmpty {
            do {
                let view = ContactSearchView(
                    try await ContactActs.search(
                        try ContactActs.query(text, region: region, parts), campaign: campaign.map(CampaignID.init),
                        before: query.text("before").flatMap { Int64($0) }, parts, context))
                model["hasContacts"] = !view.contacts.isEmpty
                model["note"] = view.note
                model["before"] = view.before
                model["campaignId"] = campaign
                model["contacts"] = view.contacts.map { found -> [String: Any] in
                    [
                        "id": found.id, "name": found.name ?? "no name", "number": found.number ?? "",
                        "campaign": found.campaign, "list": found.list,
                        "state": found.state.replacing("_", with: " "),
                        "look": ContactState(rawValue: found.state).map(look) ?? "",
                    ]
                }
            } catch let problem as Problem where problem.status == .unprocessableContent {
                model["problem"] = problem.detail
                status = problem.status
            }
        }
        return try parts.pages.page(
            "contacts/contacts", title: "Contacts", model, scripts: ["zone.js"], status: status, request, context)
    }

    private static func page(
        _ contact: StoredContact, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let time = ViewerTime(request, context)
        let why = try await ContactActs.why(contact, parts)
        let story = try await ContactActs.story(contact, parts)
        let element = { (iso: String) -> [String: String] in
            Instant(iso8601: iso).map(time.element) ?? ["iso": iso, "text": iso]
        }
        let blank = { (text: String?) in text ?? "" }
        return try parts.pages.page(
            "contacts/contact", title: contact.name ?? contact.numbers.first?.number.e164 ?? "Contact",
            [
                "id": contact.id.value, "campaignId": contact.campaign.value, "campaign": contact.campaignName,
                "list": contact.list, "name": blank(contact.name), "externalId": blank(contact.externalID),
                "version": contact.version, "state": contact.state.rawValue.replacing("_", with: " "),
                "look": look(contact.state), "reason": contact.reason, "agent": contact.agent,
                "due": contact.dueAt.map(time.element),
                "zone": (contact.numbers.first(where: \.isNext) ?? contact.numbers.first)?.area.zones.joined(
                    separator: " or "),
                "zones": Self.zones(of: contact), "hasZones": !Self.zones(of: contact).isEmpty,
                "isFinished": contact.state == .done || contact.state == .exhausted,
                "mayCallBack": ![.reserved, .inAttempt, .suppressed].contains(contact.state),
                "fields": contact.fields.pairs.enumerated().map { index, field in
                    ["index": index + 1, "name": field.name, "value": field.value] as [String: Any]
                },
                "numbers": contact.numbers.map { number -> [String: Any] in
                    [
                        "number": number.number.e164, "extension": blank(number.fileExtension), "kind": number.kind,
                        "isDead": number.isDead, "isNext": number.isNext, "isValid": number.isValid,
                        "zones": number.area.zones.joined(separator: " or "),
                        "place": blank(number.area.jurisdiction ?? number.area.region),
                    ]
                },
                "why": why.numbers.map { answer -> [String: Any] in
                    var row: [String: Any] = [
                        "number": answer.number, "isAllowed": answer.isAllowed,
                        "rules": answer.rules.map { rule -> [String: Any] in
                            [
                                "rule": rule.rule.replacing("_", with: " "), "isAllowed": rule.isAllowed,
                                "facts": rule.facts, "reasons": (rule.reasons + rule.remedies).joined(separator: " "),
                            ]
                        },
                    ]
                    if let earliest = answer.earliest { row["earliest"] = element(earliest) }
                    return row
                },
                "attempts": story.attempts.reversed().map { attempt -> [String: Any] in
                    [
                        "at": element(attempt.at), "number": blank(attempt.number), "station": attempt.station,
                        "agent": blank(attempt.agent),
                        "outcome": attempt.outcome?.replacing("_", with: " ") ?? "still open",
                        "disposition": blank(attempt.disposition), "note": blank(attempt.note),
                        "evidence": blank(attempt.evidence), "followUp": blank(attempt.followUp),
                    ]
                },
                "hasAttempts": !story.attempts.isEmpty,
                "events": story.events.map { event -> [String: Any] in
                    [
                        "at": element(event.at), "event": event.event.replacing("_", with: " "),
                        "station": blank(event.station), "agent": blank(event.agent), "detail": blank(event.detail),
                    ]
                },
                "hasEvents": !story.events.isEmpty,
            ], scripts: ["contact.js", "confirm.js", "zone.js"], request, context)
    }
}
