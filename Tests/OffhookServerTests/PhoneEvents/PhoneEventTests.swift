import CampaignStore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import OffhookServer

@Suite("Events of phones") struct PhoneEventTests {
    @Test("an event with a wrong secret, or of a phone that is not driven, is not heard")
    func secret() async throws {
        let bench = try ServerBench()
        #expect(await !bench.parts.hear(PhoneEvent(secret: "guess", device: "desk-1")))
        #expect(await !bench.parts.hear(PhoneEvent(secret: bench.parts.phoneSecret, device: "desk-1")))
    }

    @Test("the old address on the web port is gone, and administrators get one notice until they close it")
    func oldAddress() async throws {
        let bench = try ServerBench(phoneEvents: PhoneEventListener.Address(host: "192.0.2.7", port: 8090))
        let root = try bench.session(of: try await bench.user("root", .administrator))
        let anna = try bench.session(of: try await bench.user("anna", .manager))
        let old = "/phone-events/\(bench.parts.phoneSecret)/desk-1/incoming"
        let notice = "old address of the Action URL"
        let acts: @Sendable () throws -> [String] = { try bench.store.auditLog().map(\.act) }
        try await bench.run { client async throws in
            // Anybody could fill the page with notices: without the secret there is none.
            #expect(try await client.get("/phone-events/guess/desk-1/incoming").status == .gone)
            #expect(try await !client.get("/", root.headers).text.contains(notice))
            for _ in 0..<3 {
                let answer = try await client.get(old)
                #expect(answer.status == .gone)
                #expect(!answer.text.contains(bench.parts.phoneSecret))
            }
            #expect(try acts().filter { $0 == "phone_events_old_address" }.count == 1)
            #expect(try await client.get("/", root.headers).text.contains(notice))
            #expect(try await !client.get("/", anna.headers).text.contains(notice))
            let settings = try await client.get("/administration/settings", root.headers).text
            #expect(settings.contains(notice))
            #expect(
                settings.contains("http://192.0.2.7:8090/phone-events/\(bench.parts.phoneSecret)/PHONE/incoming"))
            let close = "/administration/settings/phone-addresses"
            #expect(try await client.post(close, "csrf=\(anna.csrf)", anna.headers).status == .forbidden)
            #expect(try await client.post(close, "csrf=\(root.csrf)", root.headers).status == .seeOther)
            #expect(try await !client.get("/", root.headers).text.contains(notice))
            _ = try await client.get(old)
            #expect(try await client.get("/", root.headers).text.contains(notice))
        }
    }

    @Test("without a port for them, Settings says that phones are not listened to, and shows no secret")
    func noPort() async throws {
        let bench = try ServerBench()
        #expect(bench.server.phoneEvents() == nil)
        let root = try bench.session(of: try await bench.user("root", .administrator))
        try await bench.run { client async throws in
            let settings = try await client.get("/administration/settings", root.headers).text
            #expect(settings.contains("Phones are not listened to."))
            #expect(!settings.contains(bench.parts.phoneSecret))
        }
    }

    @Test("the URL for phones has an address that they can reach")
    func address() throws {
        let url = { (host: String, publicURL: String?) in
            ServerConfiguration(
                phoneEvents: PhoneEventListener.Address(host: host, port: 8090), publicURL: publicURL.flatMap(URL.init),
                share: ServerBench.share
            ).phoneEventsURL
        }
        #expect(url("192.0.2.7", "https://dial.example") == "http://192.0.2.7:8090")
        #expect(url("0.0.0.0", "https://dial.example") == "http://dial.example:8090")
        #expect(url("2001:db8::7", nil) == "http://[2001:db8::7]:8090")
        #expect(url("0.0.0.0", nil) == "http://\(ProcessInfo.processInfo.hostName):8090")
        #expect(ServerConfiguration(share: ServerBench.share).phoneEventsURL == nil)
    }
}
