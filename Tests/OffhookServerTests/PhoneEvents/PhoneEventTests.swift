import CampaignStore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import OffhookServer

@Suite("Events of phones") struct PhoneEventTests {
    @Test("a wrong secret, and a phone that is not driven, look like no address at all")
    func secret() async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in
            #expect(try await client.get("/phone-events/guess/desk-1/incoming").status == .notFound)
            #expect(
                try await client.get("/phone-events/\(bench.parts.phoneSecret)/desk-1/incoming").status == .notFound)
        }
    }

    @Test(
        "a request line with raw spaces and unfilled variables is made readable; what is readable stays",
        arguments: [
            (
                "GET /phone-events/s/desk-1/incoming?remote=$remote HTTP/1.1\r\n",
                "GET /phone-events/s/desk-1/incoming?remote=$remote HTTP/1.1\r\n"
            ),
            (
                "GET /phone-events/s/front desk/x?name=Jo Ann HTTP/1.1\r\n",
                "GET /phone-events/s/front%20desk/x?name=Jo%20Ann HTTP/1.1\r\n"
            ),
            (
                "GET /phone-events/s/d/x?n=Z\u{f6}e\" HTTP/ HTTP/1.0\r\n",
                "GET /phone-events/s/d/x?n=Z%C3%B6e%22%20HTTP/ HTTP/1.0\r\n"
            ),
            ("GET /phone-events/s/d/x?n=%20 HTTP/1.1\r\n", "GET /phone-events/s/d/x?n=%20 HTTP/1.1\r\n"),
            ("nonsense\r\n", "nonsense\r\n"),
        ])
    func mended(line: String, expected: String) {
        #expect(String(decoding: RequestLineMender.mended(Array(line.utf8)), as: UTF8.self) == expected)
    }

    /// What comes out behind the mender when bytes come in in these pieces.
    private func through(_ pieces: [String]) throws -> String {
        let channel = EmbeddedChannel(handler: RequestLineMender())
        for piece in pieces { try channel.writeInbound(ByteBuffer(string: piece)) }
        var text = ""
        while let buffer = try channel.readInbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
        _ = try channel.finish(acceptAlreadyClosed: true)
        return text
    }

    @Test("bytes may come in any pieces, and requests one after the other")
    func pieces() throws {
        let request = "GET /phone-events/s/d/x?n=Jo Ann HTTP/1.1\r\nHost: a b\r\n\r\n"
        let expected = "GET /phone-events/s/d/x?n=Jo%20Ann HTTP/1.1\r\nHost: a b\r\n\r\n"
        #expect(try through([request]) == expected)
        #expect(try through(request.map { String($0) }) == expected)
        #expect(try through([request + request]) == expected + expected)
    }

    @Test("other requests pass untouched, their bodies included")
    func others() throws {
        let request = "POST /login HTTP/1.1\r\nContent-Length: 4\r\n\r\na b\n"
        #expect(try through([request]) == request)
        #expect(try through(["GE", "T / HTTP/1.1\r\n\r\n"]) == "GET / HTTP/1.1\r\n\r\n")
    }

    @Test("what a proxy sends over the same connection after a phone's event passes untouched, its body at once")
    func shared() throws {
        let event = "GET /phone-events/s/d/x HTTP/1.1\r\n\r\n"
        let form = "POST /login HTTP/1.1\r\nContent-Length: 9\r\n\r\na b HTTP/"
        #expect(try through([event, form]) == event + form)
        #expect(try through([event + form]) == event + form)
    }

    @Test("over a real connection a phone's line with spaces is answered, and so is what comes after it")
    func connection() async throws {
        let bench = try ServerBench()
        let application = Application(
            router: bench.server.router(), server: .http1WithMendedLines(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client async throws in
            let port = try #require(client.port)
            let answer = try await RawConnection.ask(
                port: port,
                "GET /phone-events/guess/front desk/x?n=Jo Ann HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 404"))
        }
    }

    @Test("over a real connection a head that does not come on is cut off")
    func slow() async throws {
        let bench = try ServerBench()
        let application = Application(
            router: bench.server.router(), server: .http1WithMendedLines(idleTimeout: .milliseconds(50)),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client async throws in
            let port = try #require(client.port)
            // This end may be so late that the connection is cut off before it has written: that is cut off, too. The order of
            // the two is of no interest; what a page that listens gets, IdleConnectionTests tell on a virtual clock.
            let cut = (try? await RawConnection.ask(port: port, "GET /login HTTP/1.1\r\nHost: ")) ?? ""
            #expect(cut.isEmpty || cut.hasPrefix("HTTP/1.1 400"))
        }
    }

    @Test("over a real connection a page that listens is answered until the server ends it")
    func listening() async throws {
        let bench = try ServerBench()
        let session = try bench.session(of: try await bench.user("mia", .manager))
        let application = Application(
            router: bench.server.router(), server: .http1WithMendedLines(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client async throws in
            let port = try #require(client.port)
            async let listening = RawConnection.ask(
                port: port, "GET /events HTTP/1.1\r\nHost: x\r\nCookie: \(session.cookie)\r\nConnection: close\r\n\r\n")
            try await wait(for: "the page to listen") { await bench.hub.listenerCounts["events"] == 1 }
            await bench.hub.closeAll()
            #expect(try await listening.hasPrefix("HTTP/1.1 200"))
        }
    }
}
