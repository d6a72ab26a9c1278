import AsyncHTTPClient
import CampaignStore
import Campaigns
import Dialer
import Crypto
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import SystemResources
import Synchronization

/// Tells webhooks of events: of each webhook one after the other, again after growing pauses where it does not answer well.
struct WebhookWorker: Service {
    /// How often new events and due deliveries are looked for.
    static let interval: Duration = .seconds(1)
    /// The pauses after the first failure, the second, and so on; then a delivery is given up.
    static let pauses: [Duration] = [
        .seconds(10), .seconds(30), .seconds(60), .seconds(300), .seconds(900), .seconds(3600), .seconds(3 * 3600),
        .seconds(6 * 3600), .seconds(12 * 3600), .seconds(24 * 3600),
    ]

    let parts: ServerParts

    func run() async throws {
        let client = WebhookClient()
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                let busy = BusyWebhooks()
                while !Task.isCancelled {
                    do {
                        for delivery in try newlyDue() where busy.begin(delivery.webhook) {
                            group.addTask {
                                await work(off: delivery, client)
                                busy.end(delivery.webhook)
                            }
                        }
                    } catch {
                        parts.logger.of(.webhooks).warning("Webhooks wait: \(LoggedError.text(error))")
                    }
                    try? await Task.sleep(for: Self.interval)
                }
            }
        }
        try await client.shutdown()
    }

    /// One round: what is new is queued, and each webhook gets what is due, in order.
    func deliver(_ client: WebhookClient) async throws {
        let due = try newlyDue()
        await withDiscardingTaskGroup { group in
            for delivery in due { group.addTask { await work(off: delivery, client) } }
        }
    }

    private func newlyDue() throws -> [WebhookDelivery] {
        while try parts.store.queueDeliveries(at: parts.now()) {}
        return try parts.store.firstDeliveries().filter { $0.nextAt <= parts.now() }
    }

    /// Sends a delivery and those that wait behind it, until one fails. A webhook that is slow, broken or taken away meanwhile
    /// holds up no other.
    private func work(off first: WebhookDelivery, _ client: WebhookClient) async {
        do {
            var delivery = first
            for _ in 0..<100 {
                let hook = try parts.store.webhook(delivery.webhook)
                guard hook.isActive, try await send(delivery, to: hook, client), !Task.isCancelled else { return }
                let next = try parts.store.firstDeliveries().first { $0.webhook == hook.id }
                guard let next, next.nextAt <= parts.now() else { return }
                delivery = next
            }
        } catch StoreError.notFound {
            // It was taken away meanwhile, and what waited for it was given up then.
        } catch {
            parts.logger.of(.webhooks).warning("Webhook \(first.webhook) waits: \(LoggedError.text(error))")
        }
    }

    /// - Returns: whether it was taken.
    private func send(_ delivery: WebhookDelivery, to hook: Webhook, _ client: WebhookClient) async throws -> Bool {
        guard let entry = try parts.store.journal(after: delivery.seq - 1, limit: 1).first else { return false }
        let answer = await WebhookSender(store: parts.store, client: client).send(
            WireJSON.text(EventView(entry)), event: entry.event, delivery: "\(hook.id)-\(entry.seq)", to: hook,
            secret: try parts.store.secret(ofWebhook: hook.id), at: parts.now())
        // What was cut off because the server stops is no failure of the webhook's.
        if answer.failure != nil, Task.isCancelled { return false }
        // Nor is our own want of descriptors or memory: it stays due.
        if answer.code == nil, answer.failure != nil, ResourceShortage.now(descriptors: 8) != nil { return false }
        let state: WebhookDelivery.State =
            answer.failure == nil ? .delivered : delivery.attempts < Self.pauses.count ? .waiting : .givenUp
        let next = state == .waiting ? parts.now() + Self.pauses[delivery.attempts] : nil
        try parts.store.noteDelivery(
            webhook: hook.id, seq: delivery.seq, state, code: answer.code, error: answer.failure, next: next,
            at: parts.now())
        return answer.failure == nil
    }
}

/// The webhooks that are being told something this moment: each hears one thing after the other.
private final class BusyWebhooks: Sendable {
    private let ids = Mutex<Set<Int64>>([])

    /// - Returns: whether it was free.
    func begin(_ webhook: Int64) -> Bool { ids.withLock { $0.insert(webhook).inserted } }
    func end(_ webhook: Int64) { ids.withLock { _ = $0.remove(webhook) } }
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
