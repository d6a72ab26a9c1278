import AsyncHTTPClient
import CampaignStore
import Campaigns
import Foundation

/// What pages and the interface do with webhooks.
struct WebhookActs: Sendable {
    /// Most webhooks of a campaign.
    static let most = 50
    /// Most kinds of events that one names.
    static let mostEvents = 100

    let parts: ServerParts
    let context: ServeContext

    /// A webhook of a campaign that may be seen.
    ///
    /// - Throws: `StoreError.notFound`.
    func webhook(_ id: Int64) throws -> Webhook {
        let hook = try parts.store.webhook(id)
        guard context.identity?.maySee(hook.campaign) ?? false else {
            throw StoreError.notFound(what: "webhook", name: String(id), hint: "")
        }
        return hook
    }

    /// Adds a webhook, with a secret of its own.
    func add(_ wanted: NewWebhook, to campaign: CampaignID) async throws -> WebhookWithSecret {
        let url = try await WebhookAddress.checked(wanted.url, parts.store)
        let events = try Self.checked(wanted.events ?? [])
        guard try parts.store.webhooks(of: campaign).count < Self.most else {
            throw StoreError.refused("A campaign has at most \(Self.most) webhooks; remove one first.")
        }
        let secret = SecretText.random()
        let hook = try await parts.act(
            "webhook_added", context, subject: "campaign \(campaign.value)", detail: host(url)
        ) {
            try parts.store.addWebhook(
                campaign: campaign, url: url, secret: secret, events: events, at: parts.now())
        }
        return WebhookWithSecret(webhook: WebhookView(hook), secret: secret)
    }

    /// Changes a webhook, as long as it is still what somebody looked at.
    func change(_ hook: Webhook, _ change: WebhookChange) async throws -> Webhook {
        var url = hook.url
        if let given = change.url, given != url { url = try await WebhookAddress.checked(given, parts.store) }
        let events = try change.events.map(Self.checked) ?? hook.events
        let to = url
        return try await parts.act("webhook_changed", context, subject: "webhook \(hook.id)", detail: host(url)) {
            try parts.store.changeWebhook(
                hook.id, url: to, events: events, active: change.isActive ?? hook.isActive, ifStill: hook)
        }
    }

    /// Takes a webhook away.
    func remove(_ hook: Webhook) async throws {
        try await parts.act("webhook_removed", context, subject: "webhook \(hook.id)") {
            try parts.store.removeWebhook(hook.id, at: parts.now())
        }
    }

    /// Gives a webhook another secret.
    func rotate(_ hook: Webhook) async throws -> String {
        let secret = SecretText.random()
        try await parts.act("webhook_secret_changed", context, subject: "webhook \(hook.id)") {
            try parts.store.setSecret(secret, ofWebhook: hook.id)
        }
        return secret
    }

    /// Sends a signed message of the kind `test` now, beside the queue.
    func test(_ hook: Webhook) async throws -> WebhookTest {
        let body = WireJSON.text(EventView(testOf: hook.campaign, at: parts.now()))
        let secret = try parts.store.secret(ofWebhook: hook.id)
        let client = WebhookClient()
        let answer = await WebhookSender(store: parts.store, client: client).send(
            body, event: "test", delivery: "\(hook.id)-test-\(parts.now().milliseconds)", to: hook, secret: secret,
            at: parts.now())
        try await client.shutdown()
        try parts.audit("webhook_tested", context, subject: "webhook \(hook.id)")
        return WebhookTest(isTaken: answer.failure == nil, answeredCode: answer.code, error: answer.failure)
    }

    /// Sends an event once more.
    func redeliver(_ seq: Int64, to hook: Webhook) async throws {
        try await parts.act("webhook_redelivered", context, subject: "webhook \(hook.id)", detail: "event \(seq)") {
            try parts.store.redeliver(webhook: hook.id, seq: seq, at: parts.now())
        }
    }

    /// The rest of an address may be a secret.
    private func host(_ url: String) -> String? { URL(string: url)?.host() }

    /// - Throws: ``Problem`` 422.
    static func checked(_ events: [String]) throws -> Set<String> {
        let isWord = { (text: String) in
            (1...64).contains(text.count)
                && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
        }
        guard events.count <= mostEvents, events.allSatisfy(isWord) else {
            throw Problem.invalid([
                "events":
                    "“events” holds names of events such as attempt_settled, at most \(mostEvents); leave it empty for all."
            ])
        }
        return Set(events)
    }
}
