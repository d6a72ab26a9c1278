import AsyncHTTPClient
import CampaignStore
import Campaigns
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization
import Testing

@testable import OffhookServer

@Suite("Webhooks") struct WebhookTests {
    /// Something that is told, and answers as it is bidden.
    private final class Ear: Sendable {
        struct Heard: Sendable {
            let body: String
            let signature: String
        }

        let heard = Mutex<[Heard]>([])
        let status = Mutex<HTTPResponse.Status>(.ok)
    }

    private func campaign(_ bench: ServerBench) throws -> CampaignID {
        let yaml = "campaign: c\nregion: US\ncalling_rules: { pack: none }\n"
        let campaign = try CampaignFile.read(yaml, file: "c.yaml")
        return try bench.store.applyCampaign(campaign, yaml: yaml, file: "c.yaml", script: nil, at: bench.now).id
    }

    private func listening(_ ear: Ear, _ test: @escaping @Sendable (Int) async throws -> Void) async throws {
        let router = Router()
        router.post("/hook") { request, _ in
            let body = String(buffer: try await request.body.collect(upTo: 1 << 20))
            let signature = request.headers[.init("X-Offhook-Signature") ?? .accept] ?? ""
            ear.heard.withLock { $0.append(Ear.Heard(body: body, signature: signature)) }
            return ear.status.withLock { $0 }
        }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client async throws in try await test(try #require(client.port)) }
    }

    @Test(
        "events come in order, signed, once; what fails is asked again after its pause and holds up what is behind it")
    func delivered() async throws {
        let bench = try ServerBench()
        let id = try campaign(bench)
        let ear = Ear()
        try await listening(ear) { port in
            let hook = try bench.store.addWebhook(
                campaign: id, url: "http://127.0.0.1:\(port)/hook", secret: "s3cret",
                events: ["campaign_started", "campaign_paused"], at: bench.now)
            let worker = WebhookWorker(parts: bench.parts)
            let client = WebhookClient()
            for state in [CampaignState.started, .paused, .started] {
                try bench.store.setState(state, of: "c", at: bench.now)
            }
            ear.status.withLock { $0 = .internalServerError }
            try await worker.deliver(client)
            #expect(ear.heard.withLock { $0.count } == 1)
            try await worker.deliver(client)
            #expect(ear.heard.withLock { $0.count } == 1)
            ear.status.withLock { $0 = .ok }
            bench.pass(.seconds(10))
            try await worker.deliver(client)
            let heard = ear.heard.withLock { $0 }
            #expect(heard.count == 4)
            #expect(heard[0].body == heard[1].body)
            #expect(heard.dropFirst().map { $0.body.contains("campaign_started") } == [true, false, true])
            for item in heard {
                let time = try #require(item.signature.split(separator: ",").first.flatMap { Int64($0.dropFirst(2)) })
                #expect(item.signature == WebhookSignature.header(of: item.body, at: time, secret: "s3cret"))
            }
            let log = try bench.store.deliveries(of: hook.id)
            #expect(log.map(\.state) == [.delivered, .delivered, .delivered])
            #expect(log.last?.attempts == 2)
        }
    }

    @Test("what is never taken is given up in the end, and the next has its turn")
    func givenUp() async throws {
        let bench = try ServerBench()
        let id = try campaign(bench)
        let ear = Ear()
        ear.status.withLock { $0 = .notFound }
        try await listening(ear) { port in
            let hook = try bench.store.addWebhook(
                campaign: id, url: "http://127.0.0.1:\(port)/hook", secret: "s", events: [], at: bench.now)
            try bench.store.setState(.started, of: "c", at: bench.now)
            let worker = WebhookWorker(parts: bench.parts)
            let client = WebhookClient()
            for _ in 0...WebhookWorker.pauses.count {
                try await worker.deliver(client)
                bench.pass(.seconds(24 * 3600))
            }
            let last = try #require(try bench.store.deliveries(of: hook.id).first)
            #expect(last.state == .givenUp)
            #expect(last.attempts == WebhookWorker.pauses.count + 1)
            #expect(last.answeredCode == 404)
            #expect(try bench.store.firstDeliveries().isEmpty)
        }
    }

    @Test("the secret stands in the database sealed alone")
    func sealed() throws {
        let bench = try ServerBench()
        let hook = try bench.store.addWebhook(
            campaign: try campaign(bench), url: "http://h/", secret: "s3cret-word", events: [], at: bench.now)
        #expect(try bench.store.secret(ofWebhook: hook.id) == "s3cret-word")
    }
}
