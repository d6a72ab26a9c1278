import AsyncHTTPClient
import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import OffhookServer

@Suite("Webhooks in the interface and on their page") struct WebhookResourceTests {
    private let list = "/api/v1/campaigns/spring/webhooks"

    private func add(_ bench: InterfaceBench, _ client: any TestClientProtocol, _ url: String) async throws
        -> TestResponse
    {
        try await bench.ask(client, .post, list, "{\"url\":\"\(url)\",\"events\":[\"attempt_settled\"]}")
    }

    @Test("a webhook's secret is shown once; a change needs the tag of what was read")
    func life() async throws {
        let bench = try await InterfaceBench()
        try await bench.bench.run { client async throws in
            let made = try await add(bench, client, "https://192.0.2.77/hook")
            #expect(made.status == .created)
            #expect(made.headers[.location] == "/api/v1/webhooks/1")
            let secret = try bench.bench.store.secret(ofWebhook: 1)
            #expect(made.text.contains(secret))
            #expect(try await !bench.ask(client, .get, list).text.contains(secret))
            let one = "/api/v1/webhooks/1"
            let read = try await bench.ask(client, .get, one)
            let tag = try #require(read.headers[.eTag])
            #expect(!read.text.contains(secret))
            let pause = #"{"is_active":false}"#
            #expect(try await bench.ask(client, .patch, one, pause).status == .preconditionRequired)
            let paused = try await bench.ask(client, .patch, one, pause, ifMatch: tag)
            #expect(paused.text.contains("\"is_active\":false"))
            #expect(try await bench.ask(client, .patch, one, pause, ifMatch: tag).status == .preconditionFailed)
            #expect(try await bench.ask(client, .delete, one, ifMatch: tag).status == .preconditionFailed)
            let rotated = try await bench.ask(client, .post, "\(one)/secret")
            #expect(rotated.status == .ok && !rotated.text.contains(secret))
            #expect(try await bench.ask(client, .delete, one, ifMatch: "*").status == .noContent)
            #expect(try await bench.ask(client, .get, one).status == .notFound)
        }
        let acts = try bench.bench.store.auditLog().map(\.act)
        #expect(acts == ["webhook_removed", "webhook_secret_changed", "webhook_changed", "webhook_added"])
        let secrets = try bench.bench.store.auditLog().compactMap(\.detail)
        #expect(secrets.allSatisfy { !$0.contains("/hook") })
    }

    @Test(
        "an address that is none, carries a password, or is a phone's or the link's own is refused",
        arguments: [
            "ftp://h/x", "https://", "https://a:b@h/x", "https://h/x#y", "http://127.0.0.1:9/hook",
            "http://localhost:9/", "http://169.254.169.254/latest", "http://[fe80::1]/", "javascript:alert(1)",
            "https://h\\\\@evil/", "http://0.0.0.0:9/", "http://0:9/", "http://[::]:9/", "http://0.0.0.0:8080/",
            "http://[::ffff:127.0.0.1]:9/", "http://2130706433:9/", "http://0x7f.1:9/", "http://0177.0.0.1:9/",
            "http://[64:ff9b::127.0.0.1]:9/", "http://[::127.0.0.1]:9/", "http://[2002:7f00:1::]:9/",
            "http://[64:ff9b::169.254.169.254]/", "http://[::169.254.169.254]/", "http://2852039166/",
            "http://[fe80::1%25lo]/", "http://224.0.0.1/", "http://255.255.255.255/", "http://[ff02::1]/",
            "http://[fd00:ec2::254]/",
        ])
    func refused(url: String) async throws {
        let bench = try await InterfaceBench()
        try await bench.bench.run { client async throws in
            let answer = try await add(bench, client, url)
            #expect(answer.status == .unprocessableContent, "\(url)")
        }
        #expect(try bench.bench.store.webhooks().isEmpty)
    }

    @Test("an address that became a phone's since is not sent to, and the log says why")
    func phone() async throws {
        let bench = try await InterfaceBench()
        let hook = try bench.bench.store.addWebhook(
            campaign: bench.campaign, url: "http://127.0.0.1:9/hook", secret: "s", events: [], at: bench.bench.now)
        try bench.bench.store.setState(.started, of: "spring", at: bench.bench.now)
        try await WebhookWorker(parts: bench.bench.parts).deliver(WebhookClient())
        let delivery = try #require(try bench.bench.store.deliveries(of: hook.id).last)
        #expect(delivery.state == .waiting && delivery.attempts == 1)
        #expect(delivery.error?.contains("a phone's") == true)
    }

    @Test("a webhook that cannot be sent to holds up no other")
    func independent() async throws {
        let bench = try await InterfaceBench()
        for url in ["http://127.0.0.1:1/", "http://127.0.0.1:2/"] {
            _ = try bench.bench.store.addWebhook(
                campaign: bench.campaign, url: url, secret: "s", events: [], at: bench.bench.now)
        }
        try bench.bench.store.setState(.started, of: "spring", at: bench.bench.now)
        let client = WebhookClient()
        try await WebhookWorker(parts: bench.bench.parts).deliver(client)
        try await client.shutdown()
        #expect(try bench.bench.store.firstDeliveries().map(\.attempts) == [1, 1])
    }

    @Test("the log of deliveries comes in pieces, and an event can be sent once more; a test tells what came of it")
    func deliveries() async throws {
        let bench = try await InterfaceBench()
        let hook = try bench.bench.store.addWebhook(
            campaign: bench.campaign, url: "http://127.0.0.1:1/", secret: "s", events: [], at: bench.bench.now)
        for state in [CampaignState.started, .paused, .started] {
            try bench.bench.store.setState(state, of: "spring", at: bench.bench.now)
        }
        _ = try bench.bench.store.queueDeliveries(at: bench.bench.now)
        let seqs = try bench.bench.store.deliveries(of: hook.id).map(\.seq)
        for seq in seqs {
            try bench.bench.store.noteDelivery(
                webhook: hook.id, seq: seq, .givenUp, code: 404, error: "answered 404", next: nil, at: bench.bench.now)
        }
        try await bench.bench.run { client async throws in
            let path = "/api/v1/webhooks/1/deliveries"
            let first = try await bench.ask(client, .get, "\(path)?limit=2")
            #expect(first.text.contains("\"next\":\"\(seqs[1])\""))
            let rest = try await bench.ask(client, .get, "\(path)?limit=2&cursor=\(seqs[1])")
            #expect(rest.text.contains("\"seq\":\(seqs[2])") && !rest.text.contains("next\""))
            let again = try await bench.ask(client, .post, "\(path)/\(seqs[2])/redeliver")
            #expect(again.status == .accepted && again.text.contains("\"state\":\"waiting\""))
            #expect(try await bench.ask(client, .post, "\(path)/9999/redeliver").status == .notFound)
            let test = try await bench.ask(client, .post, "/api/v1/webhooks/1/test")
            #expect(test.status == .ok && test.text.contains("\"is_taken\":false"))
        }
        #expect(try bench.bench.store.firstDeliveries().map(\.seq) == [seqs[2]])
    }

    @Test("the page adds, shows the secret once, pauses, and says what is wrong; another's campaign is not there")
    func page() async throws {
        let bench = try await InterfaceBench()
        _ = try bench.bench.campaignToCall("autumn")
        let mia = try bench.bench.session(
            of: try await bench.bench.user("mia", .manager, campaigns: [bench.campaign]))
        try await bench.bench.run { client async throws in
            let path = "/campaigns/spring/webhooks"
            #expect(try await client.get(path, mia.headers).text.contains("No webhook yet"))
            let form = "csrf=\(mia.csrf)&url=https%3A%2F%2F192.0.2.77%2Fhook&events=attempt_settled"
            let made = try await client.post(path, form, mia.headers)
            #expect(made.text.contains(try bench.bench.store.secret(ofWebhook: 1)))
            #expect(try await !client.get(path, mia.headers).text.contains(bench.bench.store.secret(ofWebhook: 1)))
            let wrong = try await client.post(path, "csrf=\(mia.csrf)&url=http%3A%2F%2F127.0.0.1%3A9", mia.headers)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("a phone"))
            #expect(try await client.post("\(path)/1/pause", "csrf=\(mia.csrf)", mia.headers).status == .seeOther)
            #expect(try !bench.bench.store.webhook(1).isActive)
            #expect(try await client.get("\(path)/1", mia.headers).text.contains("Nothing was sent yet"))
            #expect(try await client.get("/campaigns/autumn/webhooks", mia.headers).status == .notFound)
            #expect(try await client.get("/campaigns/autumn/webhooks/1", mia.headers).status == .notFound)
            #expect(try await client.post("\(path)/1/remove", "csrf=\(mia.csrf)", mia.headers).status == .seeOther)
        }
        #expect(try bench.bench.store.webhooks().isEmpty)
    }

    @Test("a signature is what the docs tell other programs to compute")
    func signature() {
        // printf '1700000000.{"seq":1}' | openssl dgst -sha256 -hmac s3cret
        let header = WebhookSignature.header(of: #"{"seq":1}"#, at: 1_700_000_000, secret: "s3cret")
        #expect(header == "t=1700000000,v1=cbdcfdffb94ac16f20fc7dff420aed60e8abb875b1394e892e008fdba0124439")
    }
}
