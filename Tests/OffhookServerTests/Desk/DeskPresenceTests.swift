import CampaignStore
import Dialer
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("Agents at desks") struct DeskPresenceTests {
    @Test("an agent sits at one station; a live page keeps others off, a closed one does not")
    func seats() async throws {
        let bench = try ServerBench()
        try bench.phones(["desk-1", "desk-2"])
        let anna = try bench.session(of: try await bench.user("anna", .agent))
        let ben = try bench.session(of: try await bench.user("ben", .agent))
        let annaID = try #require(try bench.store.user(named: "anna")).id
        try await bench.run { client async throws in
            let sit = { (session: BenchSession, station: String) in
                try await client.post(
                    "/desk/station", "csrf=\(session.csrf)&station=\(station)",
                    session.headers.with("Accept", "application/json")
                ).status
            }
            #expect(try await sit(anna, "desk-1") == .seeOther)
            let page = await bench.parts.desks.open(annaID, at: "desk-1") {}
            #expect(try await sit(ben, "desk-1") == .conflict)
            #expect(try await sit(ben, "desk-9") == .notFound)
            await bench.parts.desks.close(page)
            #expect(try await sit(ben, "desk-1") == .seeOther)
            #expect(try bench.store.desk(of: "desk-1").agent == "ben")
            #expect(try await sit(ben, "desk-2") == .seeOther)
            #expect(try bench.store.desk(of: "desk-1").agent == nil)
            #expect(try bench.store.desk(of: "desk-2").agent == "ben")
        }
    }

    @Test("two pages of one agent count once: the station is live until the last is gone")
    func pages() async throws {
        let bench = try ServerBench()
        try bench.phones(["desk-1"])
        let anna = try await bench.user("anna", .agent)
        let desks = bench.parts.desks
        let first = await desks.open(anna.id, at: "desk-1") {}
        let second = await desks.open(anna.id, at: "desk-1") {}
        await desks.close(first)
        #expect(await desks.isLive("desk-1"))
        await desks.close(second)
        #expect(await !desks.isLive("desk-1"))
        await desks.close(second)
        #expect(await !desks.isLive("desk-1"))
    }

    @Test("the desk's stream is live while it lasts, and is refused to whom no station belongs")
    func stream() async throws {
        let bench = try ServerBench()
        try bench.phones(["desk-1"])
        let anna = try bench.session(of: try await bench.user("anna", .agent))
        try await bench.run { client async throws in
            #expect(try await client.get("/live/desk", anna.headers).status == .conflict)
            _ = try await client.post("/desk/station", "csrf=\(anna.csrf)&station=desk-1", anna.headers)
            async let answer = client.get("/live/desk", anna.headers)
            while await !bench.parts.desks.isLive("desk-1") { try await Task.sleep(for: .milliseconds(2)) }
            await bench.hub.closeAll()
            #expect(try await answer.status == .ok)
            #expect(await !bench.parts.desks.isLive("desk-1"))
        }
    }

    @Test("logging out leaves the station")
    func logOut() async throws {
        let bench = try ServerBench()
        try bench.phones(["desk-1"])
        let anna = try bench.session(of: try await bench.user("anna", .agent))
        try await bench.run { client async throws in
            _ = try await client.post("/desk/station", "csrf=\(anna.csrf)&station=desk-1", anna.headers)
            #expect(try bench.store.desk(of: "desk-1").agent == "anna")
            _ = try await client.post("/logout", "csrf=\(anna.csrf)", anna.headers)
            #expect(try bench.store.desk(of: "desk-1").agent == nil)
        }
    }
}
