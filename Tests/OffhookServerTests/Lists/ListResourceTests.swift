import CampaignStore
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import OffhookServer

@Suite("Lists and imports") struct ListResourceTests {
    @Test("a list is paused, resumed and given a priority, through the interface and through the page")
    func change() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        let stored = try bench.campaign("spring")
        try bench.load([("Ann", 12_125_550_101, [])], into: stored.id)
        let id = try #require(bench.store.lists().first).id
        try await bench.run { client async throws in
            let path = "/api/v1/lists/\(id)"
            let paused = try await client.send(.patch, path, session, "{\"is_paused\":true,\"priority\":5}")
            #expect(try paused.value(ListView.self).isPaused)
            #expect(try bench.store.lists().first?.priority == 5)
            let wrong = try await client.send(.patch, path, session, "{\"priority\":1001}")
            #expect(wrong.status == .unprocessableContent && wrong.code == "invalid")
            #expect(try await client.send(.patch, "/api/v1/lists/99", session, "{}").status == .notFound)
            let form = try await client.submit("/lists/\(id)", "paused=no", session)
            #expect(form.headers[.location] == "/lists")
            #expect(try bench.store.lists().first?.state == "active")
            _ = try await client.submit("/lists/\(id)", "priority=-7", session)
            #expect(try bench.store.lists().first?.priority == -7)
            let page = try await client.get("/lists", session.headers)
            #expect(page.status == .ok && page.text.contains("l.csv"))
            let read = try #require(
                try await client.send(.get, "/api/v1/lists", session).value(ListsView.self).lists.first)
            var headers = session.headers.with("X-CSRF-Token", session.csrf).with("Content-Type", "application/json")
                .with("If-Match", read.etag)
            let patch = { (headers: HTTPFields) in
                try await client.execute(
                    uri: path, method: .patch, headers: headers, body: ByteBuffer(string: "{\"priority\":9}"))
            }
            #expect(try await patch(headers).status == .ok)
            #expect(try await patch(headers).status == .preconditionFailed)
            headers = headers.with("If-Match", "*")
            #expect(try await patch(headers).status == .ok)
        }
    }

    @Test("pages of lists say what to do where there is nothing yet")
    func empty() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            #expect(try await client.get("/lists", session.headers).text.contains("There are no lists yet"))
            #expect(try await client.get("/lists/import", session.headers).text.contains("there is none yet"))
            try bench.campaign("spring")
            #expect(try await client.get("/lists/import", session.headers).text.contains("Drop a CSV file here"))
        }
    }

    @Test("an import has a page and is undone by its button")
    func undo() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try bench.load([("Ann", 12_125_550_101, [])], into: try bench.campaign("spring").id)
        let id = try #require(bench.store.imports().first).id
        try await bench.run { client async throws in
            #expect(try await client.get("/imports/\(id)", session.headers).text.contains("l.csv"))
            let undone = try await client.submit("/imports/\(id)/undo", "", session)
            #expect(undone.headers[.location] == "/lists")
            #expect(try bench.store.imports().first?.state == "undone")
        }
    }

    @Test("a limited manager sees lists and imports of their own campaigns alone")
    func limited() async throws {
        let bench = try ServerBench()
        let (own, other) = (try bench.campaign("own"), try bench.campaign("other"))
        try bench.load([("Ann", 12_125_550_101, [])], into: own.id)
        try bench.load([("Bob", 12_125_550_102, [])], into: other.id)
        let session = try await bench.manager(campaigns: [own.id])
        let list = try #require(bench.store.lists(campaign: other.id).first).id
        let record = try #require(bench.store.imports().first { $0.campaignID == other.id }).id
        try await bench.run { client async throws in
            let lists = try await client.send(.get, "/api/v1/lists", session).value(ListsView.self).lists
            #expect(lists.map(\.campaign) == ["own"])
            let imports = try await client.send(.get, "/api/v1/imports", session).value(ImportListView.self).imports
            #expect(imports.map(\.campaign) == ["own"])
            for (method, path) in [
                (HTTPRequest.Method.patch, "/api/v1/lists/\(list)"), (.get, "/api/v1/imports/\(record)"),
                (.get, "/api/v1/imports/\(record)/quarantine"), (.post, "/api/v1/imports/\(record)/undo"),
                (.get, "/api/v1/lists?campaign_id=\(other.id.value)"),
            ] {
                #expect(try await client.send(method, path, session, "{}").status == .notFound, "\(path)")
            }
            #expect(try bench.store.imports().allSatisfy { $0.state == "done" })
        }
    }
}
