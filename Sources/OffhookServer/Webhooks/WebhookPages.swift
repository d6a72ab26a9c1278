import CampaignStore
import Campaigns
import Hummingbird

/// The page of a campaign's webhooks, for managers: `/campaigns/{campaign}/webhooks`.
enum WebhookPages {
    private static let path = "/campaigns/{campaign}/webhooks"

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get(path, .page(.manager), "the webhooks of a campaign") { request, context in
            try page(parts, request, context)
        }
        table.post(path, .page(.manager), "adds a webhook") { request, context in
            let campaign = try campaign(parts, context)
            do {
                let made = try await WebhookActs(parts: parts, context: context).add(
                    NewWebhook(url: context.form.text("url") ?? "", events: events(context)), to: campaign.id)
                return try page(parts, request, context, shown: made)
            } catch let problem as Problem where problem.status == .unprocessableContent {
                return try page(parts, request, context, problem: problem)
            }
        }
        for act in Act.allCases {
            table.post("\(path)/{webhook}/\(act.rawValue)", .page(.manager), act.purpose) { request, context in
                try await carryOut(act, parts, request, context)
            }
        }
        table.get("\(path)/{webhook}", .page(.manager), "a webhook's log of deliveries") { request, context in
            let campaign = try campaign(parts, context)
            let hook = try hook(campaign, parts, context)
            return try log(campaign, hook, parts, request, context)
        }
    }

    /// What a button on the page does.
    private enum Act: String, CaseIterable {
        case pause, resume, test, secret, remove, redeliver

        var purpose: String {
            switch self {
            case .pause: "pauses a webhook"
            case .resume: "lets a webhook go on"
            case .test: "sends a test to a webhook"
            case .secret: "gives a webhook another secret"
            case .remove: "takes a webhook away"
            case .redeliver: "sends an event to a webhook once more"
            }
        }
    }

    private static func carryOut(
        _ act: Act, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) async throws -> Response {
        let campaign = try campaign(parts, context)
        let hook = try hook(campaign, parts, context)
        let acts = WebhookActs(parts: parts, context: context)
        let back = address(campaign)
        switch act {
        case .pause, .resume:
            _ = try await acts.change(hook, WebhookChange(isActive: act == .resume))
            let said =
                act == .pause ? "paused; events wait for it." : "told of events again, of those that waited first."
            return .seeOther(back, saying: "\(hook.url) is \(said)")
        case .test:
            let answer = try await acts.test(hook)
            let said = answer.isTaken ? "The test was taken" : "The test was not taken: \(answer.error ?? "no answer")"
            return .seeOther(
                back, saying: said + (answer.isTaken ? " (\(answer.answeredCode ?? 200))." : "."),
                isError: !answer.isTaken)
        case .secret:
            let secret = try await acts.rotate(hook)
            return try page(
                parts, request, context, shown: WebhookWithSecret(webhook: WebhookView(hook), secret: secret))
        case .remove:
            try await acts.remove(hook)
            return .seeOther(back, saying: "\(hook.url) is told of nothing any more.")
        case .redeliver:
            guard let seq = context.form["seq"].flatMap({ Int64($0) }) else {
                throw Problem.invalid(["seq": "Choose a delivery."])
            }
            try await acts.redeliver(seq, to: hook)
            return .seeOther("\(back)/\(hook.id)", saying: "Event \(seq) is sent once more.")
        }
    }

    private static func campaign(_ parts: ServerParts, _ context: ServeContext) throws -> StoredCampaign {
        try context.campaignInPath(parts.store)
    }

    private static func hook(
        _ campaign: StoredCampaign, _ parts: ServerParts, _ context: ServeContext
    ) throws -> Webhook {
        let hook = try WebhookActs(parts: parts, context: context).webhook(try context.number("webhook"))
        guard hook.campaign == campaign.id else { throw Problem.notFound("such webhook") }
        return hook
    }

    private static func events(_ context: ServeContext) -> [String] {
        (context.form["events"] ?? "").split { $0.isWhitespace || $0 == "," }.map(String.init)
    }

    private static func address(_ campaign: StoredCampaign) -> String {
        "/campaigns/\(campaign.id.value)/webhooks"
    }

    private static func page(
        _ parts: ServerParts, _ request: Request, _ context: ServeContext, shown: WebhookWithSecret? = nil,
        problem: Problem? = nil
    ) throws -> Response {
        let campaign = try campaign(parts, context)
        let hooks = try parts.store.webhooks(of: campaign.id).map { hook -> PageModel in
            let last = try parts.store.deliveries(of: hook.id, limit: 1).first
            return [
                "id": hook.id, "url": hook.url, "isActive": hook.isActive,
                "events": hook.events.isEmpty ? "all events" : hook.events.sorted().joined(separator: ", "),
                "waiting": try parts.store.waitingDeliveries(of: hook.id),
                "last": last.map { "\(word($0))\($0.error.map { ": \($0)" } ?? "")" },
                "isFailing": last.map { $0.state != .delivered && $0.attempts > 0 } ?? false,
            ]
        }
        let model: PageModel = [
            "address": address(campaign), "campaign": campaign.campaign.name,
            "back": "/campaigns/\(campaign.id.value)", "withoutRules": CampaignPages.withoutRules(campaign),
            "hooks": hooks.map { $0.compactMapValues { $0 } }, "hasHooks": !hooks.isEmpty,
            "problem": problem?.detail, "url": problem.map { _ in context.form["url"] ?? "" },
            "events": problem.map { _ in context.form["events"] ?? "" },
            "shown": shown.map { ["url": $0.webhook.url, "secret": $0.secret] },
        ]
        return try parts.pages.page(
            "webhooks/list", title: "Webhooks of \(campaign.campaign.name)", model, scripts: ["webhooks.js"],
            status: problem == nil ? .ok : .unprocessableContent, request, context)
    }

    private static func log(
        _ campaign: StoredCampaign, _ hook: Webhook, _ parts: ServerParts, _ request: Request, _ context: ServeContext
    ) throws -> Response {
        let query = QueryFields(request)
        let limit = 50
        let time = ViewerTime(request, context)
        let rows = try parts.store.deliveries(of: hook.id, before: try Paging.cursor(query), limit: limit)
        let deliveries = try rows.map { row -> PageModel in
            let event = try parts.store.journal(after: row.seq - 1, limit: 1).first
            return [
                "seq": row.seq, "event": event?.event, "at": event.map { time.element($0.at) }, "state": word(row),
                "isGood": row.state == .delivered, "isBad": row.state == .givenUp, "attempts": row.attempts,
                "code": row.answeredCode, "error": row.error,
                "nextAt": row.state == .waiting ? time.element(row.nextAt) : nil,
                "isOver": row.state != .waiting || row.attempts > 0,
            ]
        }
        let model: PageModel = [
            "address": address(campaign), "campaign": campaign.campaign.name, "id": hook.id, "url": hook.url,
            "withoutRules": CampaignPages.withoutRules(campaign),
            "deliveries": deliveries.map { $0.compactMapValues { $0 } }, "hasDeliveries": !rows.isEmpty,
            "next": Paging.next(rows.count, limit, last: rows.last?.seq),
        ]
        return try parts.pages.page("webhooks/log", title: "Deliveries", model, request, context)
    }

    private static func word(_ delivery: WebhookDelivery) -> String {
        switch delivery.state {
        case .waiting: delivery.attempts == 0 ? "waiting" : "failed, sent again later"
        case .delivered: "delivered"
        case .givenUp: "given up"
        }
    }
}
