import CampaignStore
import Campaigns

/// A webhook as programs see it; its secret is shown once, when it is made.
struct WebhookView: Codable, Sendable {
    var id: Int64
    var campaignId: Int64
    var url: String
    /// The events it wants to hear of; empty for all.
    var events: [String]
    var isActive: Bool
    var createdAt: String

    init(_ hook: Webhook) {
        id = hook.id
        campaignId = hook.campaign.value
        url = hook.url
        events = hook.events.sorted()
        isActive = hook.isActive
        createdAt = hook.createdAt.iso8601
    }
}

/// The webhooks of a campaign.
struct WebhookList: Codable, Sendable {
    var items: [WebhookView]
}

/// What a new webhook is to be.
struct NewWebhook: Codable, Sendable {
    var url: String
    var events: [String]?
}

/// A webhook with its secret, which is shown this once.
struct WebhookWithSecret: Codable, Sendable {
    var webhook: WebhookView
    var secret: String
}

/// What is changed of a webhook; what is missing stays.
struct WebhookChange: Codable, Sendable {
    var url: String?
    var events: [String]?
    var isActive: Bool?
}

/// What came of a message that was sent as a test.
struct WebhookTest: Codable, Sendable {
    var isTaken: Bool
    var answeredCode: Int?
    var error: String?
}

/// One event on its way to a webhook.
struct DeliveryView: Codable, Sendable {
    /// The event's number in the journal.
    var seq: Int64
    var state: String
    var attempts: Int
    var nextAt: String?
    var lastAt: String?
    var answeredCode: Int?
    var error: String?

    init(_ delivery: WebhookDelivery) {
        seq = delivery.seq
        state = delivery.state.rawValue
        attempts = delivery.attempts
        nextAt = delivery.state == .waiting ? delivery.nextAt.iso8601 : nil
        lastAt = delivery.lastAt?.iso8601
        answeredCode = delivery.answeredCode
        error = delivery.error
    }
}

/// A piece of the log of deliveries, the latest first.
struct DeliveryList: Codable, Sendable {
    var items: [DeliveryView]
    var next: String?
}
