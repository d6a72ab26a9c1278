import CampaignStore
import Hummingbird
import HummingbirdCore
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import OffhookServer

@Suite("Connections of the web port") struct WebConnectionTests {
    private func live(
        _ bench: ServerBench, _ server: HTTPServerBuilder = .web(), _ test: @Sendable (Int) async throws -> Void
    ) async throws {
        let application = Application(
            router: bench.server.router(), server: server,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client async throws in try await test(#require(client.port)) }
    }

    @Test("a head that does not come on is cut off")
    func slow() async throws {
        try await live(ServerBench(), .web(idleTimeout: .milliseconds(50))) { port in
            // This end may be so late that the connection is cut off before it has written: that is cut off, too. The order of
            // the two is of no interest; what a page that listens gets, IdleConnectionTests tell on a virtual clock.
            let cut = (try? await RawConnection.ask(port: port, "GET /login HTTP/1.1\r\nHost: ")) ?? ""
            #expect(cut.isEmpty || cut.hasPrefix("HTTP/1.1 400"))
        }
    }

    @Test("a page that listens is answered until the server ends it")
    func listening() async throws {
        let bench = try ServerBench()
        let session = try bench.session(of: try await bench.user("mia", .manager))
        try await live(bench) { port in
            async let listening = RawConnection.ask(
                port: port, "GET /events HTTP/1.1\r\nHost: x\r\nCookie: \(session.cookie)\r\nConnection: close\r\n\r\n")
            try await wait(for: "the page to listen") { await bench.hub.listenerCounts["events"] == 1 }
            await bench.hub.closeAll()
            #expect(try await listening.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("a request line that HTTP does not allow is refused as it is")
    func spaces() async throws {
        try await live(ServerBench()) { port in
            let answer = try await RawConnection.everything(
                port: port, "GET /phone-events/guess/front desk/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 400"))
        }
    }
}
