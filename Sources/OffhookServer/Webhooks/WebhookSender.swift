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
    let client: HTTPClient

    /// A client that follows no redirect: an address that was checked must not lead to one that was not.
    static func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(5), read: timeout)
        // The worker asks again by itself, later and later.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Sends a body; it is taken where the answer is 2xx.
    ///
    /// - Parameters:
    ///   - event: the word of `X-Offhook-Event`.
    ///   - delivery: the word of `X-Offhook-Delivery`, the same each time that the same thing is sent.
    func send(
        _ body: String, event: String, delivery: String, to hook: Webhook, secret: String, at now: Instant
    ) async -> Answer {
        do {
            if let refusal = try await WebhookAddress.refusal(hook.url, store) { return Answer(failure: refusal) }
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
            let answer = try await client.execute(request, timeout: Self.timeout)
            let isTaken = (200..<300).contains(answer.status.code)
            return Answer(
                code: Int(answer.status.code), failure: isTaken ? nil : "answered \(answer.status.code)")
        } catch {
            return Answer(failure: String("\(error)".prefix(200)))
        }
    }
}
