import CampaignStore
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import OffhookServer

/// Over real sockets, against the server as it listens.
@Suite("Requests whose framing is in doubt") struct RequestFramingTests {
    /// What is sent after each doubtful request: whoever takes the doubt otherwise takes this for a request.
    private static let next = "GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    private static let post =
        "POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"

    private func live(_ test: @escaping @Sendable (Int, ServerBench) async throws -> Void) async throws {
        let bench = try ServerBench()
        let application = Application(
            router: bench.server.router(), server: .web(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.live) { client async throws in
            try await test(try #require(client.port), bench)
        }
    }

    /// The status of each answer, in order.
    private func statuses(_ text: String) -> [String] {
        text.components(separatedBy: "HTTP/1.1 ").dropFirst().map { String($0.prefix(3)) }
    }

    @Test("no host, an empty or odd one, or two, is answered with one 400 and the end of the connection")
    func hosts() async throws {
        try await live { port, _ in
            for headers in [
                "", "Host:\r\n", "Host: a\r\nHost: b\r\n", "Host: a\r\nhost: a\r\n", "Host: a b\r\n", "Host: a/b\r\n",
                "Host: a@b\r\n", "Host: a, b\r\n", "Host: a\"b\r\n",
            ] {
                let answer = try await RawConnection.ask(
                    port: port, "GET /login HTTP/1.1\r\n\(headers)\r\n\(Self.next)")
                #expect(statuses(answer) == ["400"], "\(headers)")
                #expect(answer.lowercased().contains("connection: close"), "\(headers)")
            }
            for headers in ["Host: x\r\n", "Host: x.example:8080\r\n", "Host: [::1]:80\r\n"] {
                let answer = try await RawConnection.ask(
                    port: port, "GET /login HTTP/1.1\r\n\(headers)\r\n\(Self.next)")
                #expect(statuses(answer) == ["200", "200"], "\(headers)")
            }
            // HTTP/1.0 knows no Host.
            let old = try await RawConnection.ask(port: port, "GET /login HTTP/1.0\r\nConnection: close\r\n\r\n")
            #expect(statuses(old) == ["200"])
        }
    }

    @Test("a Transfer-Encoding other than “chunked” alone, once, in HTTP/1.1, is answered with one 400 and the end")
    func encodings() async throws {
        try await live { port, _ in
            for encoding in [
                "foo", "identity", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked;q=1", "", " ",
                "x chunked", "chunked\r\nTransfer-Encoding: chunked", "gzip\r\nTransfer-Encoding: chunked",
                "chunked\r\nContent-Length: 3",
            ] {
                let answer = try await RawConnection.ask(
                    port: port, "\(Self.post)Transfer-Encoding: \(encoding)\r\n\r\n1\r\na\r\n0\r\n\r\n\(Self.next)")
                #expect(statuses(answer) == ["400"], "\(encoding)")
            }
            let old = Self.post.replacing("HTTP/1.1", with: "HTTP/1.0")
            #expect(
                statuses(
                    try await RawConnection.ask(
                        port: port, "\(old)Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n\(Self.next)")) == [
                        "400"
                    ])
            // 403: the form lacks its proof; it was read to its end, and so is what follows.
            for encoding in ["chunked", "Chunked", " chunked "] {
                let answer = try await RawConnection.ask(
                    port: port, "\(Self.post)Transfer-Encoding: \(encoding)\r\n\r\n1\r\na\r\n0\r\n\r\n\(Self.next)")
                #expect(statuses(answer) == ["403", "200"], "\(encoding)")
            }
        }
    }

    @Test("a chunk that is none is answered with one 400 and the end, whether the route reads its body or not")
    func chunks() async throws {
        try await live { port, _ in
            for chunk in [
                "zz\r\na\r\n0\r\n\r\n", "-1\r\na\r\n0\r\n\r\n", "0x1\r\na\r\n0\r\n\r\n", "1 \r\na\r\n0\r\n\r\n",
                "1\na\n0\n\n", "1\r\nab\r\n0\r\n\r\n", "FFFFFFFFFFFFFFFFF\r\na\r\n0\r\n\r\n", "\r\n\r\n",
                "1\r\na\r\n0\r\nX Y: a\r\n\r\n", "+1\r\na\r\n0\r\n\r\n",
            ] {
                for start in [Self.post, "GET /login HTTP/1.1\r\nHost: x\r\n"] {
                    let answer = try await RawConnection.ask(
                        port: port, "\(start)Transfer-Encoding: chunked\r\n\r\n\(chunk)\(Self.next)")
                    #expect(statuses(answer) == ["400"], "\(start.prefix(4)) \(chunk)")
                }
            }
        }
    }

    @Test("the answers that are owed for the requests before a doubtful one come first, and nothing comes after it")
    func order() async throws {
        try await live { port, _ in
            let good = "GET /login HTTP/1.1\r\nHost: x\r\n\r\n"
            for bad in [
                "GET /login HTTP/1.1\r\n\r\n", "\(Self.post)Transfer-Encoding: foo\r\n\r\n", "nonsense\r\n\r\n",
                "\(Self.post)Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            ] {
                let answer = try await RawConnection.ask(port: port, good + good + bad + Self.next)
                #expect(statuses(answer) == ["200", "200", "400"], "\(bad)")
            }
        }
    }

    @Test("NUL in a path, a query, a form or a JSON text is answered with 422, and what only looks like it is not")
    func nul() async throws {
        let bench = try ServerBench()
        let root = try bench.session(of: try await bench.user("root", .administrator))
        try await bench.run { client async throws in
            for uri in ["/login?next=a%00b", "/api/v1/numbers/a%00b/why", "/contacts?q=%00", "/campaigns/%00"] {
                #expect(try await client.get(uri, root.headers).status == .unprocessableContent, "\(uri)")
            }
            #expect(try await client.get("/login?next=a%2500b").status == .ok)
            for form in ["name=a%00b", "name=a\0b", "na%00me=a"] {
                let answer = try await client.post("/login", form, root.headers)
                #expect(answer.status == .unprocessableContent, "\(form.debugDescription)")
            }
            let path = "/api/v1/suppressions"
            for text in [#"a\u0000b"#, #"\u0000"#, #"\\\u0000"#] {
                let answer = try await client.send(.post, path, root, #"{"number":"\#(text)"}"#)
                #expect(answer.status == .unprocessableContent, "\(text)")
                #expect(answer.code == "nul", "\(text)")
            }
            let looksLike = try await client.send(.post, path, root, #"{"number":"\\u0000"}"#)
            #expect(looksLike.code != "nul")
        }
    }
}
