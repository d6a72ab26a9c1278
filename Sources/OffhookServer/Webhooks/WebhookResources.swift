import CampaignStore
import Campaigns
import HTTPTypes
import Hummingbird

/// Webhooks under `/api/v1`.
enum WebhookResources {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        describe(&table.schemas)
        let ofCampaign = "/api/v1/campaigns/{campaign}/webhooks"
        table.get(
            ofCampaign, .interface(.manager, .webhooksRead), "the webhooks of a campaign",
            Operation("listWebhooks", tag: "webhooks", answers: [.init(200, "the webhooks", schema: "WebhookList")])
        ) { _, context in
            let campaign = try context.campaignInPath(parts.store)
            return Response.json(
                WebhookList(items: try parts.store.webhooks(of: campaign.id).map { WebhookView($0) }))
        }
        table.post(
            ofCampaign, .interface(.manager, .webhooksWrite), "adds a webhook; its secret is in this answer alone",
            Operation(
                "addWebhook", tag: "webhooks", request: "NewWebhook",
                answers: [.init(201, "the webhook and its secret", schema: "WebhookWithSecret")])
        ) { request, context in
            let campaign = try context.campaignInPath(parts.store)
            let made = try await WebhookActs(parts: parts, context: context).add(
                try await request.decoded(), to: campaign.id)
            var response = Response.json(made, status: .created)
            response.headers[.location] = "/api/v1/webhooks/\(made.webhook.id)"
            return response
        }
        let one = "/api/v1/webhooks/{webhook}"
        table.get(
            one, .interface(.manager, .webhooksRead), "one webhook",
            Operation("getWebhook", tag: "webhooks", answers: [.init(200, "the webhook", schema: "WebhookView")])
        ) { _, context in
            Response.tagged(WebhookView(try hook(parts, context)))
        }
        table.add(
            .patch, one, .interface(.manager, .webhooksWrite),
            "changes where and of what a webhook is told, pauses it or goes on",
            Operation(
                "changeWebhook", tag: "webhooks", parameters: [.ifMatch], request: "WebhookChange",
                answers: [.init(200, "the webhook", schema: "WebhookView")])
        ) { request, context in
            let hook = try hook(parts, context)
            try request.mustMatch(EntityTag.of(WebhookView(hook)))
            let changed = try await WebhookActs(parts: parts, context: context).change(
                hook, try await request.decoded())
            return Response.tagged(WebhookView(changed))
        }
        table.add(
            .delete, one, .interface(.manager, .webhooksWrite), "takes a webhook away; what waits for it is given up",
            Operation(
                "removeWebhook", tag: "webhooks", parameters: [.ifMatch], answers: [.init(204, "it is gone")])
        ) { request, context in
            let hook = try hook(parts, context)
            try request.mustMatch(EntityTag.of(WebhookView(hook)))
            try await WebhookActs(parts: parts, context: context).remove(hook)
            return Response(status: .noContent)
        }
        addActs(to: &table, parts)
    }

    private static func addActs(to table: inout RouteTable, _ parts: ServerParts) {
        table.post(
            "/api/v1/webhooks/{webhook}/secret", .interface(.manager, .webhooksWrite),
            "gives a webhook another secret, which is in this answer alone",
            Operation(
                "rotateWebhookSecret", tag: "webhooks",
                answers: [.init(200, "the webhook and its secret", schema: "WebhookWithSecret")])
        ) { _, context in
            let hook = try hook(parts, context)
            let secret = try await WebhookActs(parts: parts, context: context).rotate(hook)
            return Response.json(WebhookWithSecret(webhook: WebhookView(hook), secret: secret))
        }
        table.post(
            "/api/v1/webhooks/{webhook}/test", .interface(.manager, .webhooksWrite),
            "sends a signed event “test” now, beside the queue",
            Operation(
                "testWebhook", tag: "webhooks", answers: [.init(200, "what came of it", schema: "WebhookTest")])
        ) { _, context in
            Response.json(try await WebhookActs(parts: parts, context: context).test(try hook(parts, context)))
        }
        table.get(
            "/api/v1/webhooks/{webhook}/deliveries", .interface(.manager, .webhooksRead),
            "what a webhook was told and what it answered, the latest first",
            Operation(
                "listDeliveries", tag: "webhooks", parameters: Paging.parameters,
                answers: [.init(200, "the deliveries", schema: "DeliveryList")])
        ) { request, context in
            let hook = try hook(parts, context)
            let query = QueryFields(request)
            let limit = try Paging.limit(query)
            let rows = try parts.store.deliveries(of: hook.id, before: try Paging.cursor(query), limit: limit)
            return Response.json(
                DeliveryList(
                    items: rows.map { DeliveryView($0) }, next: Paging.next(rows.count, limit, last: rows.last?.seq)))
        }
        table.post(
            "/api/v1/webhooks/{webhook}/deliveries/{seq}/redeliver", .interface(.manager, .webhooksWrite),
            "sends an event once more, before what waits behind it",
            Operation(
                "redeliver", tag: "webhooks", answers: [.init(202, "it waits to be sent", schema: "DeliveryView")])
        ) { _, context in
            let hook = try hook(parts, context)
            let seq = try context.number("seq")
            try await WebhookActs(parts: parts, context: context).redeliver(seq, to: hook)
            return Response.json(
                DeliveryView(try parts.store.delivery(webhook: hook.id, seq: seq)), status: .accepted)
        }
    }

    private static func hook(_ parts: ServerParts, _ context: ServeContext) throws -> Webhook {
        try WebhookActs(parts: parts, context: context).webhook(try context.number("webhook"))
    }

    private static func describe(_ schemas: inout SchemaCatalog) {
        let url: JSONValue = [
            "maxLength": .integer(Int64(WebhookAddress.mostCharacters)),
            "examples": ["https://crm.example/hooks/offhook"],
            "description": "http or https; never a phone's address.",
        ]
        let events: JSONValue = [
            "maxItems": .integer(Int64(WebhookActs.mostEvents)),
            "items": ["type": "string", "pattern": "^[a-z0-9_]{1,64}$"],
            "description": "Names of events such as attempt_settled; empty for all.",
        ]
        schemas.add(WebhookView.self)
        schemas.add(WebhookList.self)
        schemas.add(WebhookWithSecret.self)
        schemas.add(
            NewWebhook.self, details: ["url": url, "events": events],
            example: ["url": "https://crm.example/hooks/offhook", "events": ["attempt_settled"]])
        schemas.add(
            WebhookChange.self, details: ["url": url, "events": events], example: ["is_active": false])
        schemas.add(WebhookTest.self)
        schemas.add(
            DeliveryView.self, details: ["state": ["enum": AttemptResources.words(WebhookDelivery.State.self)]])
        schemas.add(DeliveryList.self)
    }
}
