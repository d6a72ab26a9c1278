import Logging
import NIOHTTP1
import AsyncHTTPClient
import CampaignStore
import Campaigns
import Crypto
import Foundation
import HTTPTypes
import NIOCore
import ServiceLifecycle

/// Tells webhooks of events: of each webhook one after the other, again after growing pauses where it does not answer well.
struct WebhookWorker: Service {
    /// How often new events and due deliveries are looked for.
    static let interval: Duration = .seconds(1)
    /// The pauses after the first failure, the second, and so on; then a delivery is given up.
    static let pauses: [Duration] = [
        .seconds(10), .seconds(30), .seconds(60), .seconds(300), .seconds(900), .seconds(3600), .seconds(3 * 3600),
        .seconds(6 * 3600), .seconds(12 * 3600), .seconds(24 * 3600),
    ]
    /// How long an answer may take.
    static let timeout: TimeAmount = .seconds(10)

    let parts: ServerParts

    func run() async throws {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(5), read: Self.timeout)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        try? await cancelWhenGracefulShutdown {
            while true {
                do {
                    try await deliver(client)
                } catch is CancellationError {
                    return
                } catch {
                    parts.logger.warning("Webhooks wait: \(error)")
                }
                try await Task.sleep(for: Self.interval)
            }
        }
        try await client.shutdown()
    }

    /// One round: what is new is queued, and each webhook gets what is due, in order.
    func deliver(_ client: HTTPClient) async throws {
        while try parts.store.queueDeliveries(at: parts.now()) {}
        let due = try parts.store.firstDeliveries().filter { $0.nextAt <= parts.now() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for delivery in due { group.addTask { try await work(off: delivery, client) } }
            try await group.waitForAll()
        }
    }

    /// Sends a delivery and those that wait behind it, until one fails or the round has lasted long enough.
    private func work(off first: WebhookDelivery, _ client: HTTPClient) async throws {
        let hook = try parts.store.webhook(first.webhook)
        let secret = try parts.store.secret(ofWebhook: hook.id)
        var delivery = first
        for _ in 0..<100 {
            guard try await send(delivery, to: hook, secret, client) else { return }
            let next = try parts.store.firstDeliveries().first { $0.webhook == hook.id }
            guard let next, next.nextAt <= parts.now() else { return }
            delivery = next
        }
    }

    /// - Returns: whether it was taken.
    private func send(
        _ delivery: WebhookDelivery, to hook: Webhook, _ secret: String, _ client: HTTPClient
    ) async throws -> Bool {
        guard let entry = try parts.store.journal(after: delivery.seq - 1, limit: 1).first else { return false }
        let body = WireJSON.text(EventView(entry))
        var code: Int?
        var failure: String?
        do {
            var request = HTTPClientRequest(url: hook.url)
            request.method = .POST
            let time = parts.now().milliseconds / 1000
            request.headers.add(name: "Content-Type", value: "application/json")
            request.headers.add(name: "User-Agent", value: "Offhook")
            request.headers.add(name: "X-Offhook-Event", value: entry.event)
            request.headers.add(name: "X-Offhook-Delivery", value: "\(hook.id)-\(entry.seq)")
            request.headers.add(
                name: "X-Offhook-Signature", value: WebhookSignature.header(of: body, at: time, secret: secret))
            request.body = .bytes(ByteBuffer(string: body))
            let answer = try await client.execute(request, timeout: Self.timeout)
            code = Int(answer.status.code)
            if !(200..<300).contains(answer.status.code) { failure = "answered \(answer.status.code)" }
        } catch {
            failure = String("\(error)".prefix(200))
        }
        let state: WebhookDelivery.State =
            failure == nil ? .delivered : delivery.attempts < Self.pauses.count ? .waiting : .givenUp
        let next = state == .waiting ? parts.now() + Self.pauses[delivery.attempts] : nil
        try parts.store.noteDelivery(
            webhook: hook.id, seq: delivery.seq, state, code: code, error: failure, next: next, at: parts.now())
        return failure == nil
    }
}

/// The signature of a delivery: `t=SECONDS,v1=HEX`, the HMAC-SHA256 of `SECONDS.BODY` with the webhook's secret.
public enum WebhookSignature {
    /// The header for a body that is sent at a time.
    ///
    /// - Parameter time: seconds since 1970 UTC.
    public static func header(of body: String, at time: Int64, secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data("\(time).\(body)".utf8), using: SymmetricKey(data: Data(secret.utf8)))
        let hex = code.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
        return "t=\(time),v1=\(hex)"
    }
}
