import AsyncHTTPClient
import CampaignStore
import Campaigns
import Foundation
import NIOCore
import NIOHTTP1

/// Sends one signed message to one webhook.
struct WebhookSender: Sendable {
    /// What came of sending.
    struct Answer: Sendable {
        /// The status of the answer; nil where there was none.
        var code: Int?
        /// What went wrong; nil where it was taken.
        var failure: String?
    }

    /// How long an answer may take.
    static let timeout: TimeAmount = .seconds(10)

    let store: CampaignStore
    let client: WebhookClient

    /// Sends a body; it is taken where the answer is 2xx.
    ///
    /// - Parameters:
    ///   - event: the word of `X-Offhook-Event`.
    ///   - delivery: the word of `X-Offhook-Delivery`, the same each time that the same thing is sent.
    func send(
        _ body: String, event: String, delivery: String, to hook: Webhook, secret: String, at now: Instant
    ) async -> Answer {
        do {
            let look = try await WebhookAddress.look(at: hook.url, store)
            if let refusal = look.refusal { return Answer(failure: refusal) }
            var request = HTTPClientRequest(url: hook.url)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.headers.add(name: "User-Agent", value: "Offhook")
            request.headers.add(name: "X-Offhook-Event", value: event)
            request.headers.add(name: "X-Offhook-Delivery", value: delivery)
            request.headers.add(
                name: "X-Offhook-Signature",
                value: WebhookSignature.header(of: body, at: now.milliseconds / 1000, secret: secret))
            request.body = .bytes(ByteBuffer(string: body))
            let answer = try await client.execute(request, timeout: Self.timeout, guarding: look.guarding)
            let isTaken = (200..<300).contains(answer.status.code)
            return Answer(
                code: Int(answer.status.code), failure: isTaken ? nil : "answered \(answer.status.code)")
        } catch {
            return Answer(failure: String("\(error)".prefix(200)))
        }
    }
}
