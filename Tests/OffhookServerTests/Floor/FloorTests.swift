import CampaignStore
import Campaigns
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("The floor and its stations") struct FloorTests {
    @Test("stations are paused with a reason and made ready, and others read it")
    func pause() async throws {
        let bench = try ServerBench()
        try bench.phones(["desk-1"])
        let session = try await bench.manager()
        try await bench.run { client async throws in
            let path = "/api/v1/stations/desk-1"
            let paused = try await client.send(.post, "\(path)/pause", session, "{\"reason\":\"training\"}")
            #expect(paused.status == .ok, "\(paused.text)")
            #expect(try bench.store.devices()[0].stations[0].pausedReason == "training")
            _ = try await client.send(.post, "\(path)/pause", session, "{}")
            #expect(try bench.store.devices()[0].stations[0].pausedReason == "paused by a manager")
            #expect(try await client.send(.get, path, session).value(StationView.self).pausedReason != nil)
            _ = try await client.send(.post, "\(path)/ready", session)
            #expect(try bench.store.devices()[0].stations[0].pausedReason == nil)
            #expect(try await client.send(.post, "/api/v1/stations/desk-9/ready", session).status == .notFound)
            #expect(try await client.send(.get, "/api/v1/stations/desk-9", session).status == .notFound)
            let acts = try bench.store.auditLog().map(\.act)
            #expect(acts == ["station_made_ready", "station_paused", "station_paused"])
        }
    }

    @Test("a limited manager pauses stations that serve their campaigns, and no others")
    func limited() async throws {
        let bench = try ServerBench()
        try bench.phones(["desk-1", "back-1"])
        let own = try bench.campaign("own", "stations: [\"desk-*\"]\n")
        let session = try await bench.manager(campaigns: [own.id])
        try await bench.run { client async throws in
            #expect(try await client.send(.post, "/api/v1/stations/desk-1/pause", session, "{}").status == .ok)
            #expect(try await client.send(.post, "/api/v1/stations/back-1/pause", session, "{}").status == .forbidden)
        }
    }

    @Test("the floor shows the campaigns that its manager may see, and says what to do where there is none")
    func page() async throws {
        let bench = try ServerBench()
        let session = try await bench.manager()
        try await bench.run { client async throws in
            #expect(try await client.get("/floor", session.headers).text.contains("There is no campaign yet"))
        }
        let own = try bench.campaign("own")
        try bench.campaign("secret-one")
        let limited = try await bench.manager("max", campaigns: [own.id])
        try await bench.run { client async throws in
            #expect(try await client.get("/floor", session.headers).text.contains("secret-one"))
            let page = try await client.get("/floor", limited.headers).text
            #expect(page.contains("own") && !page.contains("secret-one"))
        }
    }

    @Test("a program's token reads stations within its scope")
    func token() async throws {
        let bench = try ServerBench()
        let user = try await bench.user("root", .administrator)
        let token = try bench.token(of: user, [.stationsRead])
        try await bench.run { client async throws in
            let headers: HTTPFields = [.authorization: "Bearer \(token)"]
            #expect(try await client.get("/api/v1/stations", headers).status == .ok)
            let pause = try await client.execute(
                uri: "/api/v1/stations/desk-1/pause", method: .post, headers: headers)
            #expect(pause.status == .forbidden)
        }
    }
}
