import AsyncHTTPClient
import CampaignStore
import Campaigns
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import TestSupport
import Testing

@testable import OffhookServer

@Suite("Where webhooks lead when they are sent") struct WebhookPeerTests {
    private func listening(
        _ test: @escaping @Sendable (_ port: Int, _ heard: @escaping @Sendable () -> Int) async throws -> Void
    ) async throws {
        let count = Count()
        let router = Router()
        router.post("/hook") { _, _ -> HTTPResponse.Status in
            count.value.withLock { $0 += 1 }
            return .ok
        }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client async throws in
            try await test(try #require(client.port)) { count.value.withLock { $0 } }
        }
    }

    private final class Count: Sendable {
        let value = Mutex(0)
    }

    /// Applies a phone at a port of this computer.
    private func phone(at port: Int, _ bench: ServerBench) throws {
        let yaml = "phones:\n  - { name: p, family: gxp, address: 'http://127.0.0.1:\(port)', passcode: x }\n"
        _ = try bench.store.applyDevices(
            PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true), at: bench.now)
    }

    @Test("a name that leads to a phone only when it is connected to reaches it with no byte")
    func rebound() async throws {
        let bench = try ServerBench()
        let campaign = try bench.campaign("c")
        try await listening { port, heard in
            try phone(at: port, bench)
            let hook = try bench.store.addWebhook(
                campaign: campaign.id, url: "http://hooks.invalid:\(port)/hook", secret: "s", events: [], at: bench.now)
            // What a name server says to the one who connects, and not to the one who looked before.
            let client = WebhookClient { $0.dnsOverride = ["hooks.invalid": "127.0.0.1"] }
            let sender = WebhookSender(store: bench.store, client: client)
            try await wait(for: "a refusal") {
                await sender.send("{}", event: "t", delivery: "1", to: hook, secret: "s", at: bench.now)
                    .failure?.contains("a phone's") == true
            }
            #expect(heard() == 0)
            try await client.shutdown()
        }
    }

    @Test("a connection that was used before is held to what is a phone now")
    func usedBefore() async throws {
        let bench = try ServerBench()
        let campaign = try bench.campaign("c")
        try await listening { port, heard in
            let hook = try bench.store.addWebhook(
                campaign: campaign.id, url: "http://hooks.invalid:\(port)/hook", secret: "s", events: [], at: bench.now)
            let client = WebhookClient { $0.dnsOverride = ["hooks.invalid": "127.0.0.1"] }
            let sender = WebhookSender(store: bench.store, client: client)
            let send = { await sender.send("{}", event: "t", delivery: "1", to: hook, secret: "s", at: bench.now) }
            try await wait(for: "a message that is taken") { await send().failure == nil }
            let before = heard()
            try phone(at: port, bench)
            // A busy machine may let one run out of time.
            try await wait(for: "a refusal") { await send().failure?.contains("a phone's") == true }
            #expect(heard() == before)
            try await client.shutdown()
        }
    }
}
