import NIOCore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("Static files") struct StaticFileTests {
    @Test("a file comes with its kind and a tag, and is not sent again to who has it")
    func served() async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in
            let first = try await client.get("/static/offhook.css")
            #expect(first.status == .ok)
            #expect(first.headers[.contentType] == "text/css; charset=utf-8")
            let tag = try #require(first.headers[.eTag])
            let again = try await client.get("/static/offhook.css", [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
            #expect(again.body.readableBytes == 0)
        }
    }

    @Test(
        "no path leads out of the folder",
        arguments: [
            "/static/../templates/layout.mustache", "/static/..%2f..%2fnumber-data%2fzones.tsv", "/static/%2e%2e",
            "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/.",
        ])
    func escapes(path: String) async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in #expect(try await client.get(path).status == .notFound) }
    }

    @Test("a name does not end at a NUL")
    func nul() async throws {
        let bench = try ServerBench()
        try await bench.run { client async throws in
            #expect(try await client.get("/static/offhook.css%00").status == .unprocessableContent)
            #expect(try await client.get("/static/offhook.css%00.js").status == .unprocessableContent)
        }
    }
}
