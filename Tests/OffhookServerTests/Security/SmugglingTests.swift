import CampaignStore
import Foundation
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import OffhookServer

/// One request gets at most one answer, and nobody's bytes become another's request.
@Suite("Request smuggling", .timeLimit(.minutes(15))) struct SmugglingTests {
    private func live(_ bench: ServerBench, _ test: @Sendable (Int) async throws -> Void) async throws {
        let application = Application(
            router: bench.server.router(), server: .web(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client async throws in try await test(#require(client.port)) }
    }

    /// A request with a body that looks like requests, whose lines a reader that does not know where it ends makes longer.
    private static func smuggling(_ path: String, with hidden: String) -> String {
        let line = "GET /phone-events/a/b/c d e f g h HTTP/1.1\r\n\r\n"
        let body = String(repeating: line, count: 20) + hidden
        return "GET \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body
    }

    private static let hidden = "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Swallow: "

    @Test("a body that looks like requests is a body, wherever the request goes")
    func bodies() async throws {
        try await live(ServerBench()) { port in
            for path in ["/phone-events/a/b/c", "/login", "/", "/nothing"] {
                let last = "GET /static/offhook.css HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                let answer = try await RawConnection.everything(
                    port: port, Self.smuggling(path, with: Self.hidden) + last)
                // The two that were sent, or the first alone where the server closes after it.
                #expect((1...2).contains(answer.statusLines), "\(path): \(answer)")
                #expect(!answer.contains("isWell"), "\(path): \(answer)")
            }
        }
    }

    @Test("spoiled requests get no more answers than there are requests")
    func spoiled() async throws {
        let seeds = [
            Self.smuggling("/phone-events/a/b/c", with: "x"), "GET /login HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\nname=a&b=cd",
            "POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nname=\r\n6\r\na&b=cd\r\n0\r\n\r\n",
        ]
        var generator = SeededGenerator(seed: 61)
        let requests = Fuzz.requests(300, from: seeds, using: &generator)
        try await live(ServerBench()) { port in
            for sent in requests {
                let answer = try await RawConnection.everything(port: port, sent, half: true)
                #expect(
                    answer.statusLines <= Framing.mostAnswers(to: sent), "\(sent.debugDescription): \(answer)")
            }
        }
    }

    @Test("behind nginx, which keeps its connections, each gets the answer to their own request")
    func proxy() async throws {
        let bench = try ServerBench(trustedProxies: ["127.0.0.1"])
        let root = try bench.session(of: try await bench.user("root", .administrator))
        try await live(bench) { port in
            let nginx = try await Nginx(before: port)
            defer { nginx.stop() }
            var generator = SeededGenerator(seed: 99)
            let attacks =
                [
                    Self.smuggling("/phone-events/a/b/c", with: Self.hidden),
                    Self.smuggling("/phone-events/a/b/c?n=x", with: Self.hidden),
                    Self.smuggling("/login", with: Self.hidden),
                ]
                + Fuzz.requests(
                    100, from: [Self.smuggling("/phone-events/a/b/c", with: Self.hidden)], using: &generator)
            for (index, attack) in attacks.enumerated() {
                _ = try await RawConnection.everything(port: nginx.port, attack, half: true)
                let answer = try await RawConnection.everything(
                    port: nginx.port,
                    "GET /administration/settings?turn=\(index) HTTP/1.1\r\nHost: x\r\nCookie: \(root.cookie)\r\nConnection: close\r\n\r\n"
                )
                #expect(answer.statusLines == 1, "\(attack.debugDescription)")
                #expect(answer.hasPrefix("HTTP/1.1 200"), "\(attack.debugDescription): \(answer.prefix(300))")
                #expect(answer.contains("Minutes without use"), "\(attack.debugDescription): \(answer.prefix(300))")
            }
            #expect(try nginx.answers() >= attacks.count)
        }
    }
}
