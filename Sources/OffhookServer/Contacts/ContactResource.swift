import CampaignStore
import Campaigns
import HTTPTypes
import Hummingbird

/// `/api/v1/contacts`.
enum ContactResource {
    private static let read = Access.interface(.manager, .contactsRead)
    private static let write = Access.interface(.manager, .contactsWrite)
    private static let refused = Operation.Answer(409, "its state does not allow that", schema: "Problem")
    private static let invalid = Operation.Answer(422, "a field cannot be taken", schema: "Problem")
    /// Contacts that one answer holds.
    static let most = 200

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        describe(&table.schemas)
        table.get(
            "/api/v1/contacts", read, "looks for contacts, the newest first",
            Operation(
                "searchContacts", tag: "contacts",
                parameters: [
                    .init(
                        "q", "a number, the digits it begins with, a part of a name, or “field: text”",
                        isRequired: true),
                    .init("region", "in which a national number is read; US where it is left out"),
                    .init("campaign_id", "only this campaign's", type: "integer"),
                    .init("before", "where an earlier search said it goes on", type: "integer"),
                    .init("limit", "1 to 200; 50 where it is left out", type: "integer"),
                ], answers: [.init(200, "what was found", schema: "ContactSearchView"), invalid])
        ) { request, context in
            let query = request.uri.queryParameters
            let number = { (name: String) -> Int64? in
                guard let text = query[name.prefix(64)], !text.isEmpty else { return nil }
                guard let value = Int64(text) else {
                    throw Problem.invalid([name: "“\(name)” is a whole number."])
                }
                return value
            }
            let limit = try number("limit") ?? 50
            guard (1...Int64(most)).contains(limit) else {
                throw Problem.invalid(["limit": "A limit is a whole number from 1 to \(most)."])
            }
            let region = query["region"].map(String.init) ?? "US"
            let wanted = try ContactActs.query(query["q"].map(String.init) ?? "", region: region.uppercased(), parts)
            let result = try await ContactActs.search(
                wanted, campaign: try number("campaign_id").map(CampaignID.init), before: try number("before"),
                limit: Int(limit), parts, context)
            return Response.json(ContactSearchView(result))
        }
        addOne(to: &table, parts)
        addActs(to: &table, parts)
    }

    private static func describe(_ schemas: inout SchemaCatalog) {
        schemas.add(ContactSearchView.self)
        schemas.add(ContactView.self)
        let orNull: JSONValue = [
            "type": ["string", "null"], "description": "Left out, it stays; null or empty, it is taken away.",
        ]
        schemas.add(
            ContactBody.self,
            details: [
                "name": orNull, "external_id": orNull,
                "fields": [
                    "items": [
                        "type": "object",
                        "properties": ["name": ["type": "string"], "value": ["type": ["string", "null"]]],
                        "required": ["name"], "additionalProperties": false,
                    ],
                    "description":
                        "The custom fields to change, each a name and its text; those that are not named stay. Null takes one away.",
                ],
            ])
        schemas.add(CallbackBody.self)
        schemas.add(CallbackView.self)
        schemas.add(ContactStoryView.self)
        schemas.add(ContactWhyView.self)
    }

    private static func addOne(to table: inout RouteTable, _ parts: ServerParts) {
        table.get(
            "/api/v1/contacts/{contact}", read, "a contact, whole",
            Operation(
                "readContact", tag: "contacts",
                answers: [.init(200, "with its version as ETag", schema: "ContactView")])
        ) { _, context in
            let contact = try ContactActs.contact(parts, context)
            return Response.json(ContactView(contact)).versioned(contact.version)
        }
        table.add(
            .patch, "/api/v1/contacts/{contact}", write,
            "changes what the body names of a contact's name and fields; the rest stays",
            Operation(
                "changeContact", tag: "contacts",
                parameters: [
                    .init(
                        "If-Match", in: "header",
                        "the ETag of what was read; without it, whatever is there is overwritten")
                ], request: "ContactBody",
                answers: [
                    .init(200, "as it is now", schema: "ContactView"), refused,
                    .init(412, "somebody changed it meanwhile", schema: "Problem"), invalid,
                ])
        ) { request, context in
            let contact = try ContactActs.contact(parts, context)
            let changed = try await ContactActs.change(
                contact, try await request.decoded(), version: try request.expectedVersion(), parts, context)
            return Response.json(ContactView(changed)).versioned(changed.version)
        }
        table.get(
            "/api/v1/contacts/{contact}/story", read, "all attempts and events of a contact",
            Operation("readContactStory", tag: "contacts", answers: [.init(200, "all", schema: "ContactStoryView")])
        ) { _, context in
            Response.json(try await ContactActs.story(ContactActs.contact(parts, context), parts))
        }
        table.get(
            "/api/v1/contacts/{contact}/why", read, "every rule with its facts, for each of a contact's numbers",
            Operation(
                "explainContact", tag: "contacts", answers: [.init(200, "at this moment", schema: "ContactWhyView")])
        ) { _, context in
            Response.json(try await ContactActs.why(ContactActs.contact(parts, context), parts))
        }
    }

    private static func addActs(to table: inout RouteTable, _ parts: ServerParts) {
        table.add(
            .post, "/api/v1/contacts/{contact}/callback", write, "agrees a callback",
            Operation(
                "scheduleCallback", tag: "contacts", request: "CallbackBody",
                answers: [.init(200, "agreed", schema: "CallbackView"), refused, invalid])
        ) { request, context in
            let contact = try ContactActs.contact(parts, context)
            return Response.json(
                try await ContactActs.callBack(contact, try await request.decoded(), parts, context))
        }
        table.add(
            .post, "/api/v1/contacts/{contact}/reopen", write, "brings a finished contact back as a retry",
            Operation(
                "reopenContact", tag: "contacts", answers: [.init(200, "as it is now", schema: "ContactView"), refused])
        ) { _, context in
            try await ContactActs.reopen(ContactActs.contact(parts, context), parts, context)
            return Response.json(ContactView(try ContactActs.contact(parts, context)))
        }
        table.add(
            .post, "/api/v1/contacts/{contact}/do-not-call", write,
            "puts all of a contact's numbers on the do-not-call list, everywhere",
            Operation(
                "suppressContact", tag: "contacts", answers: [.init(200, "as it is now", schema: "ContactView")])
        ) { _, context in
            _ = try await ContactActs.doNotCall(ContactActs.contact(parts, context), parts, context)
            return Response.json(ContactView(try ContactActs.contact(parts, context)))
        }
    }
}
